import { defaultGrantsOfMember, defaultGrantsOfOrganisation, rowOf, type Grant } from '@/server/access/rules/grants'
import type { Agent } from './agents'
import { isDemoAgent } from './demo-agent'
import { serviceId, type Organisation } from './territories'

const placeOf = ({ id, territory }: Organisation) => ({ territoryId: territory.id, organisationId: id })

/** What joining opened, as it is from the first day; the midwife's colleagues read her agenda and leave it as it is. */
export function grantRows(organisations: readonly Organisation[], agents: readonly Agent[]) {
  const ofOrganisations = organisations.flatMap((organisation) => defaultGrantsOfOrganisation(placeOf(organisation)))
  const ofAgents = agents.flatMap((agent) =>
    agent.organisations
      .flatMap((organisation) =>
        defaultGrantsOfMember(placeOf(organisation), {
          agentId: agent.id,
          serviceIds: agent.spec.services.map(serviceId),
        }),
      )
      .map((grant) => (isDemoAgent(agent) ? lowered(grant) : grant)),
  )
  return [...ofOrganisations, ...ofAgents].map(rowOf)
}

/** Minutes of 5 October 2021: her PMI RDVs in detail to the PMI, as busy to the CPEF, and the reverse. */
const lowered = (grant: Grant): Grant => (grant.level === 'write' ? { ...grant, level: 'read' } : grant)
