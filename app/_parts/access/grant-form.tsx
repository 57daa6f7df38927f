import type { Kept } from '@/app/_lib/kept'
import { tickedIn } from '@/app/_lib/save-route'
import { Button } from '@/app/_ui/button'
import { CheckGroup, RadioGroup, SelectField } from '@/app/_ui/controls'
import { accessLevelWords } from '@/app/_words/access'
import { faultSentence } from '@/app/_words/administration'
import type { Named, Parties } from '@/server/access/rules/groups'

export const GRANT_FORM = 'acces'

type Props = {
  territoryId: number
  parties: Parties
  /** Whose page it is: their agenda, unless an admin chooses another target. */
  agent: { agentId: number; name: string }
  /** Of an admin: to whom and on what is theirs to choose. */
  isAdmin: boolean
  kept: Omit<Kept, 'form'>
}

const choices = (named: readonly Named[], kind: string, words: (name: string) => string) =>
  named.map(({ id, name }) => ({ value: `${kind}-${id}`, label: words(name) }))

const LEVELS = [
  { value: 'busy', label: accessLevelWords.busy, hint: 'Les heures prises, sans personne, motif ni lieu' },
  { value: 'read', label: accessLevelWords.read, hint: 'Tout ce que dit un RDV, sans rien changer' },
  { value: 'write', label: accessLevelWords.write, hint: 'Créer, déplacer, annuler des RDV et des absences' },
] as const

/** A new right: to whom, on which agenda, how much, of which RDVs. */
export function GrantForm({ territoryId, parties, agent, isAdmin, kept: { fields, faults } }: Props) {
  const others = parties.agents.filter(({ id }) => id !== agent.agentId)
  const agents = (named: readonly Named[]) => choices(named, 'agent', (name) => name)
  const groups = choices(parties.groups, 'group', (name) => `Équipe «\u00a0${name}\u00a0»`)
  const everyone = choices(parties.organisations, 'everyone', (name) => `Tous les agendas\u00a0: ${name}`)
  const whole = isAdmin
    ? agents([agent, ...others].map((one) => ('id' in one ? one : { id: one.agentId, name: one.name })))
    : agents(others)
  return (
    <form method="post" action="/agent/acces/donner/enregistrer" className="space-y-5">
      <input type="hidden" name="territoryId" value={territoryId} />
      <input type="hidden" name="agent" value={agent.agentId} />
      {isAdmin && <input type="hidden" name="admin" value="oui" />}
      <SelectField
        name="grantee"
        label="À qui"
        choices={[...whole, ...groups]}
        defaultValue={fields.grantee}
        empty="Choisissez"
        error={faultSentence(faults.grantee)}
      />
      {isAdmin ? (
        <SelectField
          name="target"
          label="Sur quel agenda"
          choices={[...whole, ...groups, ...everyone]}
          defaultValue={fields.target ?? `agent-${agent.agentId}`}
          error={faultSentence(faults.target)}
        />
      ) : (
        <input type="hidden" name="target" value={`agent-${agent.agentId}`} />
      )}
      {isAdmin && (
        <SelectField
          name="targetService"
          label="Dans quel service, pour tous les agendas d’une organisation"
          choices={parties.services.map(({ id, name }) => ({ value: String(id), label: name }))}
          defaultValue={fields.targetService}
          empty="Tous"
          isOptional
        />
      )}
      <RadioGroup
        name="level"
        label="Jusqu’où"
        choices={LEVELS}
        value={fields.level ?? 'busy'}
        error={faultSentence(faults.level)}
      />
      <CheckGroup
        name="organisationIds"
        prefix="organisation"
        label="RDV de quelles organisations"
        hint="Aucune case cochée : de toutes celles du territoire."
        choices={parties.organisations.map(({ id, name }) => ({ value: String(id), label: name }))}
        ticked={tickedIn(fields, 'organisation')}
        error={faultSentence(faults.organisationIds)}
      />
      <CheckGroup
        name="serviceIds"
        prefix="service"
        label="RDV de quels services"
        hint="Aucune case cochée : de tous."
        choices={parties.services.map(({ id, name }) => ({ value: String(id), label: name }))}
        ticked={tickedIn(fields, 'service')}
        error={faultSentence(faults.serviceIds)}
      />
      <Button isFull className="sm:w-auto">
        Donner cet accès
      </Button>
    </form>
  )
}
