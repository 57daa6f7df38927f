import type { Actor } from './doors-house'
import type { RealWorld } from './doors-world'

/**
 * Who gets through each door that names something, with real numbers. The law, not the behaviour: docs/decisions/0015 and
 * 0024, server/access/rules/reach.ts, domain §7.5. To whom the row does not name, nothing is there.
 */
export type RealDoor = {
  /** The agent its address names: invited for the test, rather than the midwife, whom the other journeys know. */
  readonly of?: 'member' | 'other member'
  readonly who: readonly Actor[]
  /** What is posted: a body the house would follow, coming from those it names. */
  readonly form?: (world: RealWorld) => Readonly<Record<string, string | number>>
  /** Left alone even by those it names: why. */
  readonly untried?: string
}

/** Her own, and what joining gave on her RDVs; the demo's midwife lets her colleagues read and no more. */
const WRITE: readonly Actor[] = ['owner', 'secretary', 'admin']
const READ: readonly Actor[] = [...WRITE, 'same service']
/** That she is taken: throughout the organisations she works in. */
const SEE: readonly Actor[] = [...READ, 'other service']
/** Whoever works where the person is received (decision 24): all of that organisation. */
const RECEIVE: readonly Actor[] = READ
const ORGANISATION: readonly Actor[] = ['admin', 'territory admin']
const TERRITORY: readonly Actor[] = ['territory admin']
/** Her accesses: hers, and those of the admins of where she works. */
const CONCERNED: readonly Actor[] = ['owner', ...ORGANISATION]
const SUPPORT: readonly Actor[] = ['super-admin']

const REASON = 'Une demande reçue au téléphone'

export const REAL_DOORS: Readonly<Record<string, RealDoor>> = {
  '/agent/absences/[absenceId]': { who: WRITE },
  '/agent/plages/[openingId]': { who: WRITE },
  '/agent/agendas/[agentId]': { who: SEE },
  '/agent/rdvs/exports/[exportId]/fichier': { who: ['owner'] },
  '/agent/rdvs/[rdvId]': { who: READ },
  '/agent/rdvs/[rdvId]/annuler-suivants': { who: WRITE },
  '/agent/rdvs/[rdvId]/convocation': { who: READ },
  '/agent/rdvs/[rdvId]/deplacer': { who: WRITE },
  '/agent/rdvs/[rdvId]/intitule': { who: WRITE },
  '/agent/usagers/[usagerId]': { who: RECEIVE },
  '/agent/usagers/[usagerId]/modifier': { who: RECEIVE },
  '/agent/usagers/[usagerId]/proche': { who: RECEIVE },
  '/configuration/organisations/[organisationId]': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/modifier': { who: TERRITORY },
  '/configuration/organisations/[organisationId]/lieux': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/lieux/nouveau': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/lieux/[lieuId]': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/motifs': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/motifs/nouveau': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/motifs/[motifId]': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/motifs/export': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/agents': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/agents/inviter': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/agents/[agentId]': { who: ORGANISATION },
  '/configuration/organisations/[organisationId]/agents/[agentId]/retirer': { who: ORGANISATION },
  '/configuration/agents/[agentId]': { who: CONCERNED },
  '/configuration/agents/[agentId]/donner': { who: CONCERNED },
  '/configuration/agents/[agentId]/copier': { who: ORGANISATION },
  '/configuration/agents/[agentId]/historique': { who: CONCERNED },
  '/configuration/equipes/[groupId]': { who: TERRITORY },
  '/super/agents/[agentId]': { who: SUPPORT },
  '/super/agents/[agentId]/double-authentification': { who: SUPPORT },
  '/super/organisations/[organisationId]': { who: SUPPORT },
  '/super/territoires/[territoryId]': { who: SUPPORT },

  '/agent/rdvs/[rdvId]/deplacer/enregistrer': {
    who: WRITE,
    form: ({ startAt, lieuId, agentId }) => ({
      ...{ version: 0, debut: startAt, duree: 45, lieu: lieuId, agents: agentId },
      sus: 'past,overlap,held,absent,elsewhere,gap,same-day,no-shows',
    }),
  },
  '/agent/rdvs/[rdvId]/intitule/enregistrer': { who: WRITE, form: () => ({ version: 0, title: 'Atelier budget' }) },
  '/agent/a-prevenir/fait': { who: WRITE, form: ({ participationId }) => ({ participationId }) },
  '/agent/a-prevenir/attente-faite': {
    ...{ who: WRITE, form: ({ rdvId }) => ({ entryId: rdvId }) },
    untried: 'nobody waits in the demo: server/matrix.waitlist.test-model.ts knocks',
  },
  '/agent/attente/retirer': {
    ...{ who: WRITE, form: ({ rdvId }) => ({ entryId: rdvId }) },
    untried: 'nobody waits in the demo: server/matrix.waitlist.test-model.ts knocks',
  },
  '/agent/accueil/arrivee': {
    who: WRITE,
    form: ({ rdvId, participationId }) => ({ rdvId, participationId, present: 'oui', retour: '/agent/accueil' }),
  },
  '/agent/rdvs/[rdvId]/annuler-suivants/confirmer': {
    who: WRITE,
    form: ({ rdvId, nextRdvId }) => ({ statut: 'revoked', rdvs: `${rdvId},${nextRdvId}` }),
  },
  '/agent/rdvs/[rdvId]/attente': { who: WRITE, form: () => ({ geste: 'quitter' }) },
  '/agent/rdvs/[rdvId]/statut': {
    who: WRITE,
    form: () => ({ from: 'unknown', to: 'revoked', retour: '/agent' }),
  },
  '/agent/usagers/[usagerId]/modifier/enregistrer': {
    who: RECEIVE,
    form: ({ usager }) => ({ version: 1, firstName: 'Prise', lastName: usager }),
  },
  '/agent/rdvs/filtres/changer': { who: ['owner'], form: ({ filterId }) => ({ filterId, to: 'gone' }) },
  '/agent/acces/changer': {
    who: ORGANISATION,
    form: ({ grantId }) => ({ grantId, from: 'write', to: 'read' }),
  },
  '/agent/acces/donner/enregistrer': {
    who: ORGANISATION,
    form: ({ territoryId, agentId, memberId, organisationId }) => ({
      ...{ territoryId, grantee: `agent-${agentId}`, target: `agent-${memberId}`, level: 'read' },
      [`organisation-${organisationId}`]: 'oui',
    }),
  },
  '/configuration/equipes/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId, groupId, usager, agentId }) => ({
      ...{ territoryId, groupId, name: `Prise ${usager}`, [`agent-${agentId}`]: 'oui' },
    }),
  },
  '/configuration/equipes/supprimer': { who: TERRITORY, form: ({ groupId }) => ({ groupId }) },
  '/configuration/organisations/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId, organisationId }) => ({
      ...{ territoryId, organisationId, name: 'Prise', phone: '3949', email: '', website: '', hours: '' },
    }),
    untried: 'every journey knows this organisation by its name',
  },
  '/configuration/services/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId, serviceId }) => ({ territoryId, [`service-${serviceId}`]: 'oui' }),
    untried: 'the territory keeps its services',
  },
  '/configuration/support/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, permise: 'oui' }),
    untried: 'another journey says whether the support writes',
  },
  '/configuration/messages/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, from: '03:00', until: '04:00', 'jour-7': 'oui' }),
    untried: 'the territory keeps its hours',
  },
  '/configuration/messages/sms/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, gatewayId: '', kind: 'brevo', secret: 'prise' }),
    untried: 'another journey counts the gateways of the territory',
  },
  '/configuration/messages/sms/ordre': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, gatewayId: 1, to: 'up' }),
    untried: 'another journey says their order',
  },
  '/configuration/messages/sms/essai': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, gatewayId: 1, phone: '06 12 34 56 78' }),
    untried: 'no gateway is there to be tried',
  },
  '/configuration/messages/sms/expediteur': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, sender: 'Prise' }),
    untried: 'the territory keeps its sender',
  },
  '/configuration/messages/sms/prix': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, price: '4,5' }),
    untried: 'another journey says what an SMS costs',
  },
  '/configuration/messages/identite': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, senderName: 'Prise', replyTo: '' }),
    untried: 'another journey says who the e-mails are from',
  },
  '/configuration/messages/textes/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId }) => ({
      ...{ territoryId, motifId: '', key: 'agent-people-mail', seen: '', subject: 'Prise', body: 'Bonjour,' },
    }),
    untried: 'the territory keeps its words',
  },
  '/configuration/messages/textes/revenir': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, motifId: '', key: 'agent-people-mail', seen: '1.1' }),
    untried: 'the territory keeps its words',
  },
  '/configuration/visioconference/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, videoBaseUrl: 'https://prise.example' }),
    untried: 'the territory keeps its video RDVs',
  },
  '/configuration/file-d-attente/enregistrer': {
    who: TERRITORY,
    form: ({ territoryId }) => ({ territoryId, holdMin: 60 }),
    untried: 'the territory keeps its waitlist',
  },
  '/configuration/agents/[agentId]/services': {
    ...{ of: 'member', who: TERRITORY },
    form: ({ territoryId, serviceId }) => ({
      ...{ territoryId, [`service-${serviceId}`]: 'oui', [`service-${serviceId + 1}`]: 'oui' },
    }),
  },
  '/configuration/agents/[agentId]/territoire': {
    ...{ of: 'member', who: TERRITORY },
    form: ({ territoryId }) => ({ territoryId, isAdmin: 'oui' }),
    untried: 'somebody invited would administer the territory',
  },
  '/configuration/agents/[agentId]/copier/confirmer': {
    ...{ of: 'member', who: ORGANISATION },
    form: ({ territoryId, otherMemberId }) => ({ territoryId, fromAgentId: otherMemberId, mode: 'replace', seen: 'x' }),
  },
  // One's own copy, in the session it was made in.
  '/configuration/agents/[agentId]/copier/annuler': {
    ...{ of: 'other member', who: TERRITORY },
    form: ({ copyId, territoryId }) => ({ eventId: copyId, territoire: territoryId }),
  },
  '/configuration/organisations/[organisationId]/agents/inviter/envoyer': {
    who: ORGANISATION,
    form: ({ usager, serviceId }) => ({
      ...{ firstName: 'Prise', lastName: usager, email: `prise.${usager}@example.org`, role: 'basic' },
      [`service-${serviceId}`]: 'oui',
    }),
  },
  '/configuration/organisations/[organisationId]/agents/[agentId]/role': {
    ...{ of: 'member', who: ORGANISATION },
    form: () => ({ from: 'basic', role: 'secretary' }),
  },
  '/configuration/organisations/[organisationId]/agents/[agentId]/relancer': {
    ...{ of: 'member', who: ORGANISATION },
    form: () => ({}),
  },
  '/configuration/organisations/[organisationId]/agents/[agentId]/annuler': {
    ...{ of: 'member', who: ORGANISATION },
    form: () => ({}),
    untried: 'nobody of another territory was asked',
  },
  '/super/agents/[agentId]/double-authentification/retirer': {
    ...{ of: 'member', who: SUPPORT },
    form: () => ({ reason: REASON }),
  },
  '/super/agents/[agentId]/remplacer': {
    ...{ of: 'member', who: SUPPORT },
    form: () => ({ reason: REASON }),
    untried: 'the support would stand in somebody’s place',
  },
  '/super/territoires/[territoryId]/ecriture': {
    who: SUPPORT,
    form: () => ({ permise: 'oui' }),
    untried: 'another journey says whether the support writes',
  },
  // Last: whoever was invited is then nobody.
  '/configuration/organisations/[organisationId]/agents/[agentId]/retirer/confirmer': {
    ...{ of: 'member', who: ORGANISATION },
    form: () => ({ rdvs: 'oui' }),
  },
}
