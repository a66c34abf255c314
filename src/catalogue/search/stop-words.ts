/**
 * Words that say how a sentence hangs together and nothing of what it is about. One set for both languages, so that a
 * question need not know in which language an article is. `no` is not in it: it is half of `No TAV`.
 */
const ITALIAN = `
  a ad ai al alla alle allo agli all anche ancora avere aveva avevano avrebbe c che chi ci cio come con contro cui d da
  dai dal dalla dalle dallo dagli dall degli dei del dell della delle dello di dove e ed era erano essere fa fra gli ha
  hai hanno ho i il in io l la le lei li lo loro lui ma me mi mia mie miei mio ne negli nei nel nell nella nelle nello
  noi non nostra nostre nostri nostro o od ogni per perche piu po poi pero qual quale quali quando quanto quei quegli
  quel quell quella quelle quello questa queste questi questo qui s se sei si sia siamo siano sono sta stata state stati
  stato su sua sue sugli sui sul sull sulla sulle sullo suo suoi tra tu tua tue tuo tuoi un una uno v vi voi vostra
  vostre vostri vostro`;
const ENGLISH = `
  about an and are as at be been being but by can could did do does for from had has have he her his how if into is it
  its of on or our she so than that the their them then there these they this to was we were what when where which
  who why will with would you your`;

const STOP_WORDS: ReadonlySet<string> = new Set(`${ITALIAN} ${ENGLISH}`.split(/\s+/).filter(Boolean));

/** Returns whether a folded word is one of those that the index leaves out. */
export const isStopWord = (folded: string): boolean => STOP_WORDS.has(folded);
