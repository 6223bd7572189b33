/** Twice the width of a phone's screen in points: sharp there, and some 48 letters of code a line. */
export const narrowPx = 840;

/** Dark on light, with contrast for sunlight. */
export const colours = {
  page: '#ffffff',
  head: '#eef1f4',
  ink: '#1f2328',
  quiet: '#59636e',
  line: '#d1d9e0',
  stripe: '#f6f8fa',
  added: '#dafbe1',
  addedSign: '#116329',
  removed: '#ffebe9',
  removedSign: '#b3261e',
  place: '#ddf4ff',
} as const;
