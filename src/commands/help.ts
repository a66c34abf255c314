import type { Command } from './command.ts';

const TEXT = {
  it: `Riascolta: una cartella di segmenti diventa un podcast e un sito.

Uso: npx riascolta <comando>

  serve           serve la radio (anche: npm start)
  check           legge ogni cartella e dice che cosa non va, dove e che cosa fare
  check --pin     scrive inoltre i guid che ancora mancano nei file
  reindex         rifà il catalogo dalle cartelle, mentre il sito resta in piedi
  compare <prima> <dopo>
                  confronta due feed RSS (file o indirizzi), elemento per elemento: per traslocare da un altro sistema
  user list       chi può entrare nello studio
  user add <e-mail> [--name <nome>] [--role admin|editor|contributor] [--show <trasmissione>]... [--may-publish]
                  fa un account (contributor se non si dice altro) e stampa l'indirizzo con cui entrare
  user reset <e-mail>
                  stampa l'indirizzo con cui scegliere un'altra password
  user disable <e-mail>
                  chiude l'account: quello che ha scritto resta
  help            questo testo

Impostazioni (variabili d'ambiente, fra parentesi il valore se mancano):
  PORT (3000)  HOST (0.0.0.0)  PUBLIC_URL (http://localhost:PORT)  TRUST_PROXY (nessuno)
  EPISODES_DIR (./episodes)  DATA_DIR (./var)  WORKERS (1)  LOG_LEVEL (warn)
  SPEECH_KBPS (96)  MUSIC_KBPS (128)  KEEP_ORIGINALS (30 giorni)  MAX_UPLOAD_MB (4096)
  SMTP_URL (nessuna e-mail)  MAIL_FROM (riascolta@ e l'host di PUBLIC_URL)`,
  en: `Riascolta: a folder of radio segments becomes a podcast and a site.

Usage: npx riascolta <command>

  serve           serves the station (also: npm start)
  check           reads every folder and says what is wrong, where, and what to do
  check --pin     also writes the guids that do not stand in the files yet
  reindex         makes the catalogue anew from the folders while the site stays up
  compare <before> <after>
                  compares two RSS feeds (files or addresses), item by item: for moving here from another system
  user list       who may come into the studio
  user add <e-mail> [--name <name>] [--role admin|editor|contributor] [--show <show>]... [--may-publish]
                  makes an account (a contributor's unless told) and prints the address to come in by
  user reset <e-mail>
                  prints the address at which to choose another password
  user disable <e-mail>
                  closes the account: what it wrote stays
  help            this text

Settings (environment variables, in brackets the value where they are not set):
  PORT (3000)  HOST (0.0.0.0)  PUBLIC_URL (http://localhost:PORT)  TRUST_PROXY (nobody)
  EPISODES_DIR (./episodes)  DATA_DIR (./var)  WORKERS (1)  LOG_LEVEL (warn)
  SPEECH_KBPS (96)  MUSIC_KBPS (128)  KEEP_ORIGINALS (30 days)  MAX_UPLOAD_MB (4096)
  SMTP_URL (no e-mail)  MAIL_FROM (riascolta@ and the host of PUBLIC_URL)`,
};

/** Prints the commands, their options and the settings. */
export const helpCommand: Command = async ({ config, print }) => {
  print(TEXT[config.language]);
  return 0;
};
