import type { sharing as italian } from '../it/sharing.ts';

/** What is carried elsewhere: sharing, the player in other sites' frames, oEmbed. In English. */
export const sharing: typeof italian = {
  share: 'Share',
  shareEpisode: (title) => `Share “${title}”`,
  shareAddress: 'Address',
  shareCopyAddress: 'Copy the address',
  shareFrom: 'from',
  shareWhich: 'Which audio',
  shareEmbed: 'On your site',
  shareEmbedHint: 'In WordPress, paste the address. Elsewhere, this code: nobody who listens is tracked.',
  shareEmbedCode: 'Code to paste',
  shareCopyCode: 'Copy the code',
  shareWith: 'Send with',
  shareByMail: 'E-mail',
  shareWithApp: 'Another app…',
  shareClose: 'Close',
  shareByHand: 'It cannot be copied from here: the text is selected, copy it yourself.',
  shareFailed: 'The page does not arrive. Check the connection and try again.',

  newTab: 'in another tab',
  embedContents: 'Contents',
  embedSegments: 'The audio',
  embedCopyLink: 'Copy the link',
  embedLinkCopied: 'Link copied',
  embedLink: 'Link to this moment',
  embedFailed: 'The audio does not arrive. Check the connection and press Play again.',
  embedNotFound: 'This audio does not exist, or its address has changed.',
  embedGone: 'This audio was withdrawn by those who published it.',
  embedVisit: (station) => `Go to ${station}`,

  oembedFormat: 'This address answers in json or xml, in no other format.',
  oembedNoAddress: 'The address of the page is missing: ?url=https://…',
  oembedNothing: 'There is no episode of this site at that address.',
};
