const account = (accountId: number) => ({ kind: 'account', id: accountId }) as const

/** Somebody asked for a code or a link, whoever they are; what is sent is decided later, by who is known. */
export const challengeAsked = (challengeId: number) =>
  ({
    kind: 'account.challenge-asked',
    territoryId: null,
    subject: { kind: 'account-challenge', id: challengeId },
    payload: {},
  }) as const

export type SignInWay = 'code' | 'link' | 'password' | 'france-connect'

export const accountSignedIn = (accountId: number, by: SignInWay) =>
  ({ kind: 'account.signed-in', territoryId: null, subject: account(accountId), payload: { by } }) as const

export const accountSignedOut = (accountId: number, scope: 'session' | 'everywhere') =>
  ({ kind: 'account.signed-out', territoryId: null, subject: account(accountId), payload: { scope } }) as const

/** Their person proved another phone or e-mail; which one stays in the account. */
export const accountContactProved = (accountId: number, contact: 'phone' | 'email') =>
  ({ kind: 'account.contact-proved', territoryId: null, subject: account(accountId), payload: { contact } }) as const

export const accountPasswordSet = (accountId: number) =>
  ({ kind: 'account.password-set', territoryId: null, subject: account(accountId), payload: {} }) as const

export const accountDeleted = (accountId: number) =>
  ({ kind: 'account.deleted', territoryId: null, subject: account(accountId), payload: {} }) as const

export type ChallengeAsked = ReturnType<typeof challengeAsked>
export type AccountPasswordSet = ReturnType<typeof accountPasswordSet>
export type AccountEvent =
  | ChallengeAsked
  | ReturnType<typeof accountSignedIn>
  | ReturnType<typeof accountSignedOut>
  | ReturnType<typeof accountContactProved>
  | AccountPasswordSet
  | ReturnType<typeof accountDeleted>
