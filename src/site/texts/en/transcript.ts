import type { transcript as italian } from '../it/transcript.ts';

/** The transcript's and the moments' sentences, in English. */
export const transcript: typeof italian = {
  momentAddress: (time: string) => `Link to this point, ${time}`,
  readyAt: 'Ready from {time}',
  listenFromHere: 'Listen from here',
  backToPlace: 'Back to the place',
  copyMoment: 'Copy with the link to this moment, {time}',
  copyPage: 'Copy with the link to the page',
  copyHint: 'Text selected: Tab leads to the button that copies it with the link.',
  copiedMoment: 'Copied, with the link',
  copiedLink: 'Link copied',
  copyByHand: 'Copying is not possible by itself here: the text is selected, copy it yourself.',
  quoted: '“{text}”',
  copyTurn: 'Copy this part with the link',
  findInTranscript: 'Search the transcript',
  foundInTranscript: '{n} of {of}',
  nothingInTranscript: 'Nothing',
  previousFound: 'Previous',
  nextFound: 'Next',
  transcriptTitle: 'Transcript',
  transcriptLength: (words: number, minutes: number) =>
    `${words.toLocaleString('en-GB', { useGrouping: 'always' })} ${words === 1 ? 'word' : 'words'}, ${minutes} min to read`,
  transcriptForms: 'Download the transcript',
  transcriptForm: { vtt: 'WebVTT', srt: 'SRT', json: 'JSON', txt: 'Text' },
};
