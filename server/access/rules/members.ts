/** A place in an organisation in one word, as forms and the history say it. */
export const ROLE_CHOICES = ['basic', 'secretary', 'admin', 'admin-secretary'] as const
export type RoleWord = (typeof ROLE_CHOICES)[number]

export type RoleChoice = { readonly level: 'basic' | 'admin'; readonly isSecretary: boolean }

export const roleWord = ({ level, isSecretary }: RoleChoice): RoleWord =>
  isSecretary ? (level === 'admin' ? 'admin-secretary' : 'secretary') : level

export const roleOf = (word: RoleWord): RoleChoice => ({
  level: word.startsWith('admin') ? 'admin' : 'basic',
  isSecretary: word.endsWith('secretary'),
})

export type InviteRefusal = 'known-agent' | 'already-member' | 'service-not-offered'
export type RoleRefusal = 'last-admin' | 'changed-meanwhile' | 'opening-beyond-role'
export type InvitationRefusal = 'already-active'
export type AnswerRefusal = 'invitation-over'
export type LeaveRefusal = 'last-admin' | 'last-territory-admin'
export type ServicesRefusal = 'service-not-offered' | 'opening-in-service' | 'works-beyond'
export type TerritoryAdminRefusal = 'last-territory-admin'

/** An agent as the admins of their organisation see them. */
export type Member = {
  readonly agentId: number
  readonly name: string
  readonly email: string | null
  readonly level: 'basic' | 'admin' | 'intervenant'
  readonly isSecretary: boolean
  readonly services: readonly string[]
  readonly state: 'active' | 'invited'
}

/** What came of an invitation: an account to open, a place at once, or one to accept by who works in another territory. */
export type InvitedHow = 'by-link' | 'attached' | 'asked'

/** A place offered to who works in another territory, as its organisation sees it: nothing of them but their e-mail. */
type OfferedPlace = {
  readonly agentId: number
  readonly email: string | null
  readonly role: RoleWord
  readonly expiresAt: Date
}

/** `url`: where they are answered, signed in. */
export type OfferedPlaces = { readonly url: string; readonly places: readonly OfferedPlace[] }

/** The same as its agent sees it. */
export type MyInvitation = {
  readonly organisationId: number
  readonly organisation: string
  readonly territory: string
  readonly role: RoleWord
  readonly expiresAt: Date
}
