import type { agentRoles, agents, agentServices, territoryRoles } from '../schema'
import accounts from './accounts.json'
import { instantAt, type Day } from './calendar'
import { firstName, lastName, mailName, type Sex } from './names'
import type { Random } from './random'
import { STAFF, type StaffSpec } from './staff'
import { serviceId, type Organisation } from './territories'
import type { Row } from './write'

export type Agent = {
  id: number
  spec: StaffSpec
  name: string
  organisations: readonly [Organisation, ...Organisation[]]
  /** Sees people on an agenda of their own: neither a secretary, nor an intervenant, nor an invitation pending. */
  receives: boolean
}

const DOMAIN = 'demo.rdv-territoires.example'

export function makeAgents(random: Random, organisations: readonly Organisation[], today: Day) {
  const taken = new Set(accounts.accounts.map(({ email }) => email))
  const staff = STAFF.flatMap((spec) => Array.from({ length: spec.howMany ?? 1 }, () => spec))
  const people = staff.map((spec, index) => {
    const [base, ...others] = spec.works.map((key) => organisationOf(organisations, key))
    if (!base) throw new Error('an agent without an organisation')
    const identity = spec.account ? accountOf(spec.account) : invent(random, base.territory.departmentNumber, taken)
    const agent: Agent = {
      id: index + 1,
      spec,
      name: `${identity.firstName} ${identity.lastName}`,
      organisations: [base, ...others],
      receives: !spec.isSecretary && spec.level !== 'intervenant' && !spec.isInvited,
    }
    return { agent, row: agentRow(random, agent, identity, today) }
  })
  const all = people.map(({ agent }) => agent)
  const territoryRows: Row<typeof territoryRoles>[] = all
    .filter(({ spec }) => spec.isTerritoryAdmin)
    .map(({ id, organisations: [base] }) => ({
      agentId: id,
      territoryId: base.territory.id,
      isAdmin: true,
      mayManageGroups: true,
      mayManageAccess: true,
      mayInviteAgents: true,
    }))
  return {
    agents: all,
    rows: {
      agents: people.map(({ row }) => row),
      agentServices: all.flatMap(({ id, spec }): Row<typeof agentServices>[] =>
        spec.services.map((key) => ({ agentId: id, serviceId: serviceId(key) })),
      ),
      agentRoles: all
        .flatMap(({ id, spec, organisations: places }) =>
          places.map((organisation) => ({ id, spec, organisation, places })),
        )
        .map(({ id, spec, organisation, places }, index): Row<typeof agentRoles> => ({
          id: index + 1,
          agentId: id,
          territoryId: organisation.territory.id,
          organisationId: organisation.id,
          level: organisation === places[0] ? (spec.level ?? 'basic') : 'basic',
          isSecretary: spec.isSecretary ?? false,
        })),
      territoryRoles: territoryRows,
    },
  }
}

type Identity = { firstName: string; lastName: string; email: string }

function organisationOf(organisations: readonly Organisation[], key: string) {
  const found = organisations.find(({ spec }) => spec.key === key)
  if (!found) throw new Error(`no organisation ${key}`)
  return found
}

function accountOf(key: NonNullable<StaffSpec['account']>): Identity {
  const account = accounts.accounts.find(({ email }) => email === `${key}@${DOMAIN}`)
  const [first, last] = account?.name.split(' ') ?? []
  if (!account || !first || !last) throw new Error(`no account ${key}`)
  return { firstName: first, lastName: last, email: account.email }
}

function invent(random: Random, departmentNumber: string, taken: Set<string>): Identity {
  for (;;) {
    const sex: Sex = random.chance(0.72) ? 'F' : 'M'
    const first = firstName(random, sex)
    const last = lastName(random, departmentNumber)
    const email = `${mailName(first, last)}@${DOMAIN}`
    if (taken.has(email)) continue
    taken.add(email)
    return { firstName: first, lastName: last, email }
  }
}

function agentRow(random: Random, agent: Agent, identity: Identity, today: Day): Row<typeof agents> {
  const { zone } = agent.organisations[0].territory
  const joined = today - random.int(300, 900)
  const isIntervenant = agent.spec.level === 'intervenant'
  const isActive = !isIntervenant && !agent.spec.isInvited
  return {
    id: agent.id,
    email: isIntervenant ? null : identity.email,
    firstName: isIntervenant || agent.spec.isInvited ? null : identity.firstName,
    lastName: isIntervenant ? `${identity.lastName} (${agent.spec.job.toLowerCase()})` : identity.lastName,
    rdvNotifications: isIntervenant
      ? 'none'
      : random.weighted([
          ['others', 6],
          ['soon', 2],
          ['all', 1],
          ['none', 1],
        ]),
    openingNotifications: isIntervenant ? 'none' : 'others',
    absenceNotifications: isIntervenant ? 'none' : 'others',
    displaysSaturdays: agent.spec.account === 'claire.dubois',
    externalId: isActive ? `RH-${String(4000 + agent.id * 13)}` : null,
    calendarUid: isActive ? `${mailName(identity.firstName, identity.lastName)}-${random.uuid()}` : null,
    invitedAt: isIntervenant ? null : instantAt(zone, agent.spec.isInvited ? today - 2 : joined, 600),
    activatedAt: isActive ? instantAt(zone, joined + random.int(0, 5), 660) : null,
    lastSignInAt: isActive ? instantAt(zone, today - random.int(1, 12), 520) : null,
    createdAt: instantAt(zone, agent.spec.isInvited ? today - 2 : joined, 600),
  }
}
