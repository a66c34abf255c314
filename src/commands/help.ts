import type { Command } from './command.ts';

const TEXT = {
  it: `Riascolta: una cartella di segmenti diventa un podcast e un sito.

Uso: npx riascolta <comando>

  serve           serve la radio (anche: npm start)
  check           legge ogni cartella e dice che cosa non va, dove e che cosa fare
  check --pin     scrive inoltre i guid che ancora mancano nei file
  reindex         rifà il catalogo dalle cartelle, mentre il sito resta in piedi
  help            questo testo

Impostazioni (variabili d'ambiente, fra parentesi il valore se mancano):
  PORT (3000)  HOST (0.0.0.0)  PUBLIC_URL (http://localhost:PORT)
  EPISODES_DIR (./episodes)  DATA_DIR (./var)  WORKERS (1)  LOG_LEVEL (warn)`,
  en: `Riascolta: a folder of radio segments becomes a podcast and a site.

Usage: npx riascolta <command>

  serve           serves the station (also: npm start)
  check           reads every folder and says what is wrong, where, and what to do
  check --pin     also writes the guids that do not stand in the files yet
  reindex         makes the catalogue anew from the folders while the site stays up
  help            this text

Settings (environment variables, in brackets the value where they are not set):
  PORT (3000)  HOST (0.0.0.0)  PUBLIC_URL (http://localhost:PORT)
  EPISODES_DIR (./episodes)  DATA_DIR (./var)  WORKERS (1)  LOG_LEVEL (warn)`,
};

/** Prints what there is to type. */
export const helpCommand: Command = async ({ config, print }) => {
  print(TEXT[config.language]);
  return 0;
};
