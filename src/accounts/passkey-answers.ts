import { z } from 'zod';

/**
 * Base64url; credential ids have at most 1023 bytes (WebAuthn Level 3, section 4), attestations some
 * thousands.
 */
const bytes = (longest: number) =>
  z
    .string()
    .regex(/^[\w-]+$/)
    .max(longest);

const credential = {
  id: bytes(1_500),
  rawId: bytes(1_500),
  type: z.literal('public-key'),
  /** None of the extensions is asked for. */
  clientExtensionResults: z.unknown().transform(() => ({})),
};

/** What the browser answers when a passkey was made (WebAuthn Level 3, RegistrationResponseJSON). */
export const registrationAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(10_000),
    attestationObject: bytes(50_000),
    transports: z.array(z.string().max(50)).max(10).optional(),
  }),
});

/** What the browser answers when a passkey was used (WebAuthn Level 3, AuthenticationResponseJSON). */
export const loginAnswer = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(10_000),
    authenticatorData: bytes(10_000),
    signature: bytes(10_000),
    userHandle: z
      .string()
      .regex(/^[\w-]*$/)
      .max(200)
      .optional(),
  }),
});
