import type { Kept } from '@/app/_lib/kept'
import { tickedIn } from '@/app/_lib/save-route'
import { Button } from '@/app/_ui/button'
import { CheckGroup } from '@/app/_ui/controls'
import { Field } from '@/app/_ui/field'
import { faultSentence } from '@/app/_words/administration'
import type { Named } from '@/server/access/rules/groups'

export const GROUP_FORM = 'equipe'

type Props = {
  territoryId: number
  group: { groupId: number; name: string; memberIds: readonly number[] } | null
  agents: readonly Named[]
  kept: Omit<Kept, 'form'>
}

export function GroupForm({ territoryId, group, agents, kept: { fields, faults } }: Props) {
  const isTyped = Object.keys(fields).length > 0
  return (
    <form method="post" action="/configuration/equipes/enregistrer" className="space-y-5" noValidate>
      <input type="hidden" name="territoryId" value={territoryId} />
      <input type="hidden" name="groupId" value={group?.groupId ?? ''} />
      <Field
        name="name"
        label="Nom de l’équipe"
        defaultValue={fields.name ?? group?.name ?? ''}
        error={faultSentence(faults.name)}
        maxLength={100}
        autoComplete="off"
      />
      <CheckGroup
        name="agentIds"
        prefix="agent"
        label="Membres"
        choices={agents.map(({ id, name }) => ({ value: String(id), label: name }))}
        ticked={isTyped ? tickedIn(fields, 'agent') : (group?.memberIds ?? []).map(String)}
        error={faultSentence(faults.agentIds)}
      />
      <Button isFull className="sm:w-auto">
        Enregistrer
      </Button>
    </form>
  )
}
