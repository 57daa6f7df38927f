import { everybody, usagersOnly, type ActorName, type Cell, type Expected } from './matrix.test-model'

/** Nobody's: the person who knocks has files of their own, and this is none of them. */
const notTheirs = (actor: ActorName): Expected => (actor === 'usager signed in' ? 'nothing' : 'unauthenticated')

/** What is a person's own, of whoever proved a contact: not agents', who have theirs. */
export const ACCOUNT: Record<string, Cell> = {
  'account.listRdvs': { who: usagersOnly, input: () => undefined },
  'account.getContacts': { who: usagersOnly, input: () => undefined },
  'account.saveConsents': {
    who: notTheirs,
    input: ({ usagerId }) => ({ usagerId, notifyBySms: false, notifyByEmail: false }),
  },
  'account.saveAddress': {
    who: notTheirs,
    input: ({ usagerId }) => ({ usagerId, version: 1, address: '1 place Cantin, Béthune' }),
  },
  'account.setPassword': { who: usagersOnly, input: () => ({ password: 'Un mot de passe 1!' }) },
  'account.askContact': { who: usagersOnly, input: () => ({ kind: 'email', email: 'awa@example.org' }) },
  'account.confirmPhone': { who: usagersOnly, input: () => ({ challengeId: 999_999_999, code: '000000' }) },
  'account.confirmEmail': { who: everybody, input: () => ({ token: 'x'.repeat(20) }) },
  'access.isAccountLinkUsable': { who: everybody, input: () => ({ token: 'x'.repeat(20) }) },
}
