import type { RdvForUsager } from './tunnel'

export type AccountRdv = RdvForUsager & {
  /** Of a proche. */
  isRelative: boolean
}

/** What an account shows. */
export type AccountRdvs = {
  /** Several families share the contact since it was proven: nothing shows until one signs in again and names theirs. */
  asksName: boolean
  /** A provider says who they are and they have proven no contact: files without a birth date do not show yet. */
  provesNothing: boolean
  /** Of a file that holds another contact they have not proven, only what was asked for with what they have. */
  isPartial: boolean
  /** And nothing they may prove here opens it: the service checks with them. */
  isForServiceToCheck: boolean
  phoneE164: string | null
  email: string | null
  /** Of the files that show. */
  firstNames: string[]
  toCome: AccountRdv[]
  past: AccountRdv[]
}
