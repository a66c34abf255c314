import type { saving as italian } from '../it/saving.ts';

/** What is kept for listening offline, in English. */
export const saving: typeof italian = {
  saveOffline: 'Save to listen offline',
  saveUnderWay: 'Saving',
  saveCancel: 'Cancel',
  saveAgain: 'Try again',
  saveResume: 'Go on',
  saveFailed: 'Saving broke off. What has come is kept: try again when the network is back.',
  saveNoRoom: 'There is not enough room on this device. Remove some saved segments and try again.',
  saveGone: 'This page cannot be saved: it is no longer here, or it has changed. Reload it and try again.',
  savedDone: 'Saved',
  savedHalf: 'Not finished',
  savedOutdated: 'There is a newer version',
  savedRemove: 'Remove',
  savedRemoveThis: (title) => `Remove: ${title}`,
  savedRemoveAll: 'Remove all',
  savedRemoveAllSure: 'Yes, remove all',
  savedShort: 'Saved',
  savedTitle: 'Saved on this device',
  savedExplained:
    'What you save stays in this browser and can be heard without a network. Nobody else knows what you saved.',
  savedNeeds: 'Saving needs JavaScript and a recent browser, with the site open at a secure address (https).',
  savedEmpty: 'You have not saved anything yet.',
  savedEmptyHint: 'On every page with a segment, below the text, there is “Save to listen offline”.',
  savedTotal: 'In all',
  savedRoom: 'Room still free',
  savedMayGo:
    'When the device runs out of room, the browser may throw away what is saved here. To keep it, add the site to the home screen.',
  offlineTitle: 'You are offline',
  offlineSentence: 'This page is not saved on this device. What you saved can be heard all the same.',
};
