/** Returns the address at which a one-time link is taken up. */
export const linkAddress = (publicUrl: string, token: string): string =>
  `${publicUrl}/studio/welcome?token=${token}`;
