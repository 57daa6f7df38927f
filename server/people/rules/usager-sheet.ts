import type { Actor } from '@/server/kernel/actor'
import type { FileField, UsagerFile } from './usager-file'

type Named = { id: number; firstName: string; lastName: string }

/** Somebody's file, to an agent one of whose organisations receives them. */
export type UsagerSheet = UsagerFile & {
  id: number
  territoryId: number
  zone: string
  version: number
  birthName: string | null
  notes: string | null
  /** They hold an account: their consents are theirs alone. */
  hasAccount: boolean
  /** An agent should settle whether this file doubles another. */
  isMaybeDouble: boolean
  /** Those of the reader's that receive this person; of the others nothing is said. */
  organisations: { id: number; name: string }[]
  /** For a proche, whose phone and e-mail one uses; `isOpen`: the reader may open their file. */
  responsible: (Named & { phone: string | null; email: string | null; address: string | null; isOpen: boolean }) | null
  /** The proches whose file the reader may open. */
  relatives: (Named & { bornOn: string | null })[]
}

/** One thing that became of a file. Values are told of consents alone. */
export type UsagerHistoryLine = {
  at: Date
  kind: string
  /** `name` is null for a colleague of another organisation: it would say who else receives the person. */
  author: { kind: Actor['kind']; name: string | null; isImpersonated: boolean }
  field: FileField | null
  to: boolean | null
}
