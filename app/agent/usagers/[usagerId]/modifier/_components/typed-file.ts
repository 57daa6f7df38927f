import { dayFrom } from '@/app/_lib/day-field'
import { tickedIn } from '@/app/_lib/save-route'
import type { TypedFile } from '@/server/people/rules/usager-change'

type Fields = Readonly<Record<string, string>>

export const FILE_FORM = 'fiche'
/** Before each box of what is to be prepared. */
export const NEED_PREFIX = 'besoin'

/** The form as it was posted; its boxes are not judged yet. */
export const typedFile = (
  fields: Fields,
): Omit<TypedFile, 'accessibilityNeeds'> & { accessibilityNeeds: string[] } => ({
  firstName: fields.firstName ?? '',
  lastName: fields.lastName ?? '',
  bornOn: dayFrom(fields, 'bornOn') ?? '',
  phone: fields.phone ?? '',
  email: fields.email ?? '',
  address: fields.address ?? '',
  interpreterLanguage: fields.interpreterLanguage ?? '',
  accessibilityNote: fields.accessibilityNote ?? '',
  accessibilityNeeds: tickedIn(fields, NEED_PREFIX),
  notifyBySms: fields.notifyBySms === 'oui',
  notifyByEmail: fields.notifyByEmail === 'oui',
  phoneConfirmed: fields.phoneConfirmed === 'oui',
  emailConfirmed: fields.emailConfirmed === 'oui',
})

export const saveInput = (usagerId: number | null, fields: Fields) => ({
  usagerId,
  version: fields.version,
  ...typedFile(fields),
  acknowledged: fields.acknowledged === 'double' ? ['double'] : [],
})
