import { stemOf } from './stems.ts';

/**
 * Words of everyday Italian and English that say little of what a text is about, beside those that the index leaves out.
 * In a large archive their frequency tells as much; in a small one that two texts share them would be taken for likeness.
 */
const ITALIAN = `
  abbastanza accade adesso agosto allora almeno altra altre altri altro alto ampio anno anni anzi apre aprile arriva
  arrivare arrivano assieme atto attraverso avanti basta bastare bella bello bene bisogna bravo breve buona buono cambia
  capire capisce cento cerca cercare certo chiama chiamare chiede chiedere chiude cinque circa comincia cominciare
  comune comunque conta contare continua conto corso cosa cose costa credere dare davanti davvero decide decidere dentro
  deve devono dice dicembre dicono diceva dieci dietro differente dire diverso domani domanda domenica dopo dove dovere
  due durante ecco entra entrare esce esempio euro fare fatto febbraio fine finire fino forse fuori futuro gennaio gente
  ieri giorno giorni giovedi girare giugno giusto gia grande grandi guarda guardare idea infatti inizia iniziare insieme
  intanto intero intorno invece lascia lasciare legge lontano luglio lunedi lungo luogo maggio maggiore mai male manca
  mancare mano martedi marzo mattina mattino meglio meno mentre mercoledi mese mesi mette mettere mezzo mille minuto
  minuti modo molti molto momento mondo nessuno niente nome notte novembre nulla numero nuova nuovo oggi ogni oltre ora
  ore ottobre pagina paio pare parla parlare parola parte passa passare passo pensa pensare perfino persona persone pezzo
  piccolo piu poca pochi poco porta portare posto possono potere presto prende prendere prima primo problema proprio
  prossimo prova provare punto puo pure qualche qualcosa qualcuno qualsiasi quasi quattro quindi racconta raccontare
  resta restare ricorda riesce rimane risponde rispondere risposta sabato sapere scorso scrive scrivere secondo sei sempre
  senso sente sentire senza sera serve servire settembre sette settimana siccome solo soltanto sopra sotto spesso stare
  stessa stesso storia subito succede tante tanto tardi tempo tenere terzo testa tiene tocca togliere torna tornare tra
  tratta tre trova trovare tutta tutte tutti tutto uguale ultima ultimo una uomo usa usare vale vede vedere venerdi venire
  vent venti verso vero via vicino viene visto vita vivere voce voci volta volte vuole zero`;
const ENGLISH = `
  again ago all always another any around ask back because become before begin between both call come day days down each
  end even ever every find first get give go going good great here just keep know last later less let like little long
  look made make many may maybe mean men might more most much must need never new next night no not nothing now off old
  once one only other out over own part people place put really right said same say see seem should since some something
  still such take talk tell thing think though three through time today too try two under until up us use very want way
  week well while within without word work year years yes yet`;

const stemsIn = (text: string, language: 'it' | 'en'): string[] =>
  text.split(/\s+/).flatMap((word) => (word === '' ? [] : stemOf(word, language)));

let stems: ReadonlySet<string> | undefined;

/** Returns whether a stem is common in texts about anything. */
export function isCommonWord(stem: string): boolean {
  stems ??= new Set([...stemsIn(ITALIAN, 'it'), ...stemsIn(ENGLISH, 'en')]);
  return stems.has(stem);
}
