import { randomUUID } from 'node:crypto'
import { agentsOnly, everybody, onlyFor, type ActorName, type Cell, type Expected } from './matrix.test-model'

/** The back-office: nothing is there for agents. */
const superOnly = (actor: ActorName): Expected => {
  if (actor === 'anonymous') return 'unauthenticated'
  return actor === 'super-admin' ? 'answer' : 'nothing'
}

/** For whoever stands in an agent's place: an agent in person has nothing to leave. */
const standingIn = (actor: ActorName): Expected => {
  const answer = agentsOnly(actor)
  return answer === 'answer' ? 'nothing' : answer
}

const aCode = () => ({ code: '000000' })
const withPassword = () => ({ ...aCode(), password: 'x' })
const letters = () => Array.from(randomUUID().replaceAll(/\d|-/g, '')).join('')

/** Who gets what of second factors, the back-office and standing in an agent's place. */
export const SUPER: Record<string, Cell> = {
  'secondFactor.get': { who: agentsOnly, input: () => undefined },
  'secondFactor.listRemovals': { who: agentsOnly, input: () => undefined },
  'secondFactor.prepare': { who: agentsOnly, input: () => undefined },
  'secondFactor.confirm': { who: agentsOnly, input: withPassword },
  'secondFactor.remove': { who: agentsOnly, input: withPassword },
  'superAdmins.demo': { who: everybody, input: () => undefined },
  'superAdmins.me': { who: superOnly, input: () => undefined },
  'superAdmins.getFactor': { who: superOnly, input: () => undefined },
  'superAdmins.prepareFactor': { who: superOnly, input: () => undefined },
  'superAdmins.confirmFactor': { who: superOnly, input: aCode },
  'superAdmins.getOverview': { who: superOnly, input: () => undefined },
  'superAdmins.searchAgents': {
    who: superOnly,
    input: () => ({ search: 'a', territoryId: null, organisationId: null, page: 1 }),
  },
  'superAdmins.getAgent': { who: superOnly, input: ({ agentId }) => ({ agentId }) },
  'superAdmins.removeAgentFactor': {
    who: superOnly,
    input: ({ agentId }) => ({ agentId, reason: 'Téléphone perdu, rappelée au bureau' }),
  },
  'superAdmins.listEvents': {
    who: superOnly,
    input: ({ territoryId }) => ({ territoryId, agentId: null, kind: 'rdv', before: null }),
  },
  'superAdmins.listJobs': { who: superOnly, input: () => undefined },
  'superAdmins.retryJob': { who: superOnly, input: () => ({ jobId: 999_999 }) },
  'territories.list': { who: superOnly, input: () => undefined },
  'territories.get': { who: superOnly, input: ({ territoryId }) => ({ territoryId }) },
  'territories.searchOrganisations': {
    who: superOnly,
    input: ({ territoryId }) => ({ search: '', territoryId, page: 1 }),
  },
  'territories.getOrganisation': { who: superOnly, input: ({ organisationId }) => ({ organisationId }) },
  'territories.create': {
    who: superOnly,
    input: () => ({
      name: `Nièvre ${letters()}`,
      departmentNumber: '58',
      zone: 'Europe/Paris',
      organisation: 'MDS de Nevers',
      firstName: 'Inès',
      lastName: 'Morel',
      email: `${randomUUID()}@example.org`,
    }),
  },
  'territories.setImpersonatedWrites': {
    who: superOnly,
    input: ({ territoryId }) => ({ territoryId, isAllowed: false }),
  },
  'territories.setOwnImpersonatedWrites': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId, isAllowed: false }),
  },
  'territories.getSending': { who: onlyFor('admin of the territory'), input: ({ territoryId }) => ({ territoryId }) },
  'territories.setSending': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId, from: '08:00', until: '19:00', weekdays: [1, 2], leadsMin: [1440] }),
  },
  'sms.get': { who: onlyFor('admin of the territory'), input: ({ territoryId }) => ({ territoryId }) },
  'sms.setSender': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId, sender: 'MDS Arras' }),
  },
  'sms.saveGateway': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId, gatewayId: '', kind: 'brevo', secret: 'xkeysib-1' }),
  },
  'sms.arrange': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId, gatewayId: 1, to: 'up' }),
  },
  'sms.tryGateway': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId, gatewayId: 1, phone: '06 12 34 56 78' }),
  },
  'territories.setVideoBaseUrl': {
    who: onlyFor('admin of the territory'),
    input: ({ territoryId }) => ({ territoryId, videoBaseUrl: 'https://visio.example.org' }),
  },
  'impersonation.mayBeWritten': { who: agentsOnly, input: () => undefined },
  'impersonation.start': {
    who: superOnly,
    input: ({ agentId }) => ({ agentId, reason: 'Une question posée au téléphone' }),
  },
  'impersonation.turnToWriting': { who: standingIn, input: () => undefined },
  'impersonation.end': { who: standingIn, input: () => undefined },
  'impersonation.listMine': { who: agentsOnly, input: () => undefined },
}
