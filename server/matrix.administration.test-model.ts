import { randomUUID } from 'node:crypto'
import { agentsOnly, everybody, onlyFor, WRITERS, type Cell, type World } from './matrix.test-model'

const organisationAdmins = onlyFor('admin of the organisation', 'admin of the territory')
const territoryAdmins = onlyFor('admin of the territory')
const invitee = ({ organisationId, inviteeId }: World) => ({ organisationId, agentId: inviteeId })
const copyBetween = ({ territoryId, agentId, inviteeId }: World) =>
  ({ territoryId, fromAgentId: agentId, toAgentId: inviteeId, mode: 'add' }) as const
const whoIsOfTheTerritory = onlyFor(
  ...WRITERS,
  'agent of another service',
  'agent of another organisation',
  'admin of the territory',
)

/** Who gets what of signing in, and of the administration of people and rights. */
export const ADMINISTRATION: Record<string, Cell> = {
  'access.isLinkUsable': { who: everybody, input: () => ({ token: 'x'.repeat(20), purpose: 'sign-in' }) },
  'access.requestLink': { who: everybody, input: () => ({ email: `${randomUUID()}@example.org`, purpose: 'sign-in' }) },
  'access.choosePassword': {
    who: everybody,
    input: () => ({ token: 'x'.repeat(20), purpose: 'invitation', password: 'Un-mot-2-passe!' }),
  },
  'access.demoAccounts': { who: everybody, input: () => undefined },
  'access.capturedMessages': { who: everybody, input: () => ({ channel: 'any', recipient: 'any' }) },
  'administration.listAdministered': { who: agentsOnly, input: () => undefined },
  'administration.listMembers': {
    who: organisationAdmins,
    input: ({ organisationId }) => ({ organisationId, search: '', page: 1 }),
  },
  'administration.listTerritoryAgents': {
    who: territoryAdmins,
    input: ({ territoryId }) => ({ territoryId, search: '', page: 1 }),
  },
  'administration.getMember': { who: organisationAdmins, input: invitee },
  'administration.inviteAgent': {
    who: organisationAdmins,
    input: ({ organisationId, serviceId }) => ({
      organisationId,
      firstName: 'Inès',
      lastName: 'Morel',
      email: `${randomUUID()}@example.org`,
      serviceIds: [serviceId],
      role: 'basic',
      attaches: false,
    }),
  },
  'administration.renewInvitation': { who: organisationAdmins, input: invitee },
  'administration.listInvitations': {
    who: organisationAdmins,
    input: ({ organisationId }) => ({ organisationId }),
  },
  // The world offers no place to anybody.
  'administration.cancelInvitation': { who: onlyFor(), input: invitee },
  'administration.listMyInvitations': { who: agentsOnly, input: () => undefined },
  'administration.answerInvitation': {
    who: onlyFor(),
    input: ({ organisationId }) => ({ organisationId, accepts: true }),
  },
  'administration.setRole': {
    who: organisationAdmins,
    input: (world) => ({ ...invitee(world), from: 'basic', role: 'secretary' }),
  },
  'administration.setServices': {
    who: territoryAdmins,
    input: ({ territoryId, inviteeId, serviceId }) => ({ territoryId, agentId: inviteeId, serviceIds: [serviceId] }),
  },
  'administration.setTerritoryAdmin': {
    who: territoryAdmins,
    input: ({ territoryId, inviteeId }) => ({ territoryId, agentId: inviteeId, isAdmin: true }),
  },
  'administration.renameMe': { who: agentsOnly, input: () => ({ firstName: 'Claire', lastName: 'Dubois' }) },
  'administration.setPreferences': {
    who: agentsOnly,
    input: () => ({
      rdvNotifications: 'soon',
      digest: 'morning',
      openingNotifications: 'all',
      absenceNotifications: 'none',
      arrivalNotifications: 'all',
      displaysSaturdays: true,
      displaysCancelledRdvs: true,
    }),
  },
  'administration.requestEmailChange': {
    who: agentsOnly,
    input: () => ({ email: `${randomUUID()}@example.org` }),
  },
  'administration.confirmEmailChange': { who: everybody, input: () => ({ token: 'x'.repeat(20) }) },
  'administration.changePassword': {
    who: agentsOnly,
    input: () => ({ current: 'x', password: 'Orage-violet 8 lampes' }),
  },
  'organisations.get': { who: organisationAdmins, input: ({ organisationId }) => ({ organisationId }) },
  'organisations.save': {
    who: territoryAdmins,
    input: ({ territoryId }) => ({
      territoryId,
      organisationId: null,
      name: `MDS ${randomUUID()}`,
      phone: '3949',
      email: '',
      website: '',
      hours: '',
    }),
  },
  'organisations.listServices': { who: organisationAdmins, input: ({ territoryId }) => ({ territoryId }) },
  'organisations.setServices': {
    who: territoryAdmins,
    input: ({ territoryId, serviceId }) => ({ territoryId, serviceIds: [serviceId] }),
  },
  'rights.getAccesses': {
    who: onlyFor('own agent', 'admin of the organisation', 'admin of the territory'),
    input: ({ agentId }) => ({ agentId, territoryId: null }),
  },
  'rights.listParties': { who: whoIsOfTheTerritory, input: ({ territoryId }) => ({ territoryId }) },
  'rights.createGrant': {
    who: onlyFor('own agent', 'admin of the organisation', 'admin of the territory'),
    input: ({ territoryId, organisationId, agentId, inviteeId }) => ({
      territoryId,
      grantee: { kind: 'agent', agentId: inviteeId },
      target: { kind: 'agent', agentId },
      level: 'read',
      organisationIds: [organisationId],
      serviceIds: 'any',
    }),
  },
  'rights.previewCopy': { who: organisationAdmins, input: copyBetween },
  'rights.copyAccesses': { who: organisationAdmins, input: (world) => ({ ...copyBetween(world), seen: 'x' }) },
  'rights.findUndoableCopy': { who: agentsOnly, input: ({ inviteeId }) => ({ agentId: inviteeId }) },
  'rights.undoCopy': { who: onlyFor(), input: ({ inviteeId }) => ({ agentId: inviteeId, eventId: 1 }) },
  'rights.listGroups': { who: territoryAdmins, input: ({ territoryId }) => ({ territoryId }) },
  'rights.getGroup': { who: territoryAdmins, input: ({ groupId }) => ({ groupId }) },
  'rights.saveGroup': {
    who: territoryAdmins,
    input: ({ territoryId, groupId, inviteeId }) => ({
      territoryId,
      groupId,
      name: randomUUID(),
      agentIds: [inviteeId],
    }),
  },
  'rights.deleteGroup': { who: territoryAdmins, input: ({ groupId }) => ({ groupId }) },
  'rights.listHistory': {
    who: onlyFor('own agent', 'admin of the organisation', 'admin of the territory'),
    input: ({ agentId, territoryId }) => ({ agentId, territoryId, before: null }),
  },
  'booking.listFutureRdvsOf': { who: organisationAdmins, input: invitee },
  'booking.removeAgent': { who: organisationAdmins, input: (world) => ({ ...invitee(world), acknowledged: [] }) },
}
