import { randomUUID } from 'node:crypto'
import { agentsOnly, everybody, onlyFor, type Cell, type World } from './matrix.test-model'

const organisationAdmins = onlyFor('admin of the organisation', 'admin of the territory')
const territoryAdmins = onlyFor('admin of the territory')
const invitee = ({ organisationId, inviteeId }: World) => ({ organisationId, agentId: inviteeId })
/** Who gets what of the administration of people and rights. */
export const ADMINISTRATION: Record<string, Cell> = {
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
  'booking.listFutureRdvsOf': { who: organisationAdmins, input: invitee },
  'booking.removeAgent': { who: organisationAdmins, input: (world) => ({ ...invitee(world), acknowledged: [] }) },
}
