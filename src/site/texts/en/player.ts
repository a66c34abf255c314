import type { player as italian } from '../it/player.ts';

/** The player's sentences, in English. */
export const player: typeof italian = {
  play: 'Play',
  pause: 'Pause',
  resumeFrom: 'Resume from {time}',
  restart: 'From the beginning',
  position: 'Position in the audio',
  back15: 'Back 15 seconds',
  forward30: 'Forward 30 seconds',
  speed: 'Speed',
  volume: 'Volume',
  elapsed: 'Time elapsed',
  remaining: 'Time left',
  loading: 'On its way…',
  audioFailed:
    'The audio does not arrive. Trying again in {seconds} s. Meanwhile check the connection, or download the file.',
  audioOffline: 'There is no network. It goes on from here as soon as that is back.',
  noAudioSupport: 'This browser cannot play the audio: download it.',
  shareMoment: 'Share from here',
  followText: 'Follow the text',
  moreControls: 'More controls',

  sleep: 'Stop',
  sleepNever: 'Never',
  sleepMinutes: (minutes) => `In ${minutes} minutes`,
  sleepSegment: 'At the end of the audio',
  sleepChapter: 'At the end of the chapter',
  sleepsIn: 'Stops in {time}',

  bar: 'Now playing',
  barLeads: 'Go to:',
  closeBar: 'Stop listening',
  closeDialog: 'Close',

  queue: 'The queue',
  queueMany: 'The queue: {count} waiting',
  queueMenu: (title) => `More: ${title}`,
  queueNext: 'Play next',
  queueLast: 'Add to the queue',
  queueRest: 'The rest of this show',
  queueEmpty:
    'The queue is empty. Add segments from the menu of any episode: they start by themselves, one after another.',
  queueClear: 'Empty the queue',
  queueUp: 'Move up',
  queueDown: 'Move down',
  queueRemove: 'Remove',

  keys: 'Keys',
  keyList: [
    { keys: ['Space', 'k'], does: 'play, pause' },
    { keys: ['j', 'l'], does: '15 seconds back, 30 on' },
    { keys: ['←', '→'], does: '5 seconds back, on' },
    { keys: ['0', '…', '9'], does: 'to a tenth of the length' },
    { keys: ['<', '>'], does: 'slower, faster' },
    { keys: ['m'], does: 'mute, unmute' },
    { keys: ['n'], does: 'the next in the queue' },
    { keys: ['s'], does: 'share from here' },
    { keys: ['f'], does: 'follow the text' },
    { keys: ['?'], does: 'this list' },
  ],
};
