import * as z from 'zod'
import { emailField, idField, nameField, pageField, searchField } from '@/server/kernel/fields'
import { ROLE_CHOICES } from '../rules/members'
import { ALL_OR_NONE, DIGESTS, NOTIFICATION_LEVELS } from '../rules/preferences'
import { newPasswordField, tokenField } from '../schema'

export const memberSchema = z.object({ organisationId: idField, agentId: idField })
export const membersSchema = z.object({ organisationId: idField, search: searchField, page: pageField })
export const territoryAgentsSchema = z.object({
  territoryId: idField,
  search: searchField,
  page: pageField,
})

const roleField = z.enum(ROLE_CHOICES, 'missing')

const servicesField = z.array(idField).min(1, 'missing').max(50)

export const inviteAgentSchema = z.object({
  organisationId: idField,
  firstName: nameField(),
  lastName: nameField(),
  email: emailField,
  serviceIds: servicesField,
  role: roleField,
  /** An account with this e-mail joins as it is, knowingly. */
  attaches: z.boolean(),
})
export type InviteAgent = z.infer<typeof inviteAgentSchema>

export const invitationsSchema = z.object({ organisationId: idField })

export const answerInvitationSchema = z.object({ organisationId: idField, accepts: z.boolean() })
export type AnswerInvitation = z.infer<typeof answerInvitationSchema>

export const setRoleSchema = z.object({ organisationId: idField, agentId: idField, from: roleField, role: roleField })
export type SetRole = z.infer<typeof setRoleSchema>

export const removeAgentSchema = memberSchema.extend({ acknowledged: z.array(z.literal('future-rdvs')).max(1) })
export type RemoveAgent = z.infer<typeof removeAgentSchema>

export const setServicesSchema = z.object({ territoryId: idField, agentId: idField, serviceIds: servicesField })
export type SetServices = z.infer<typeof setServicesSchema>

export const setTerritoryAdminSchema = z.object({ territoryId: idField, agentId: idField, isAdmin: z.boolean() })
export type SetTerritoryAdmin = z.infer<typeof setTerritoryAdminSchema>

export const renameMeSchema = z.object({ firstName: nameField(), lastName: nameField() })
export const emailChangeSchema = z.object({ email: emailField })
export const confirmEmailSchema = z.object({ token: tokenField })
export const changePasswordSchema = z.object({
  current: z.string().min(1, 'missing').max(128, 'too-long'),
  password: newPasswordField,
})

const level = z.enum(NOTIFICATION_LEVELS, 'missing')
export const setPreferencesSchema = z.object({
  rdvNotifications: level,
  openingNotifications: level,
  absenceNotifications: level,
  arrivalNotifications: z.enum(ALL_OR_NONE, 'missing'),
  digest: z.enum(DIGESTS, 'missing'),
  displaysSaturdays: z.boolean(),
  displaysCancelledRdvs: z.boolean(),
})
