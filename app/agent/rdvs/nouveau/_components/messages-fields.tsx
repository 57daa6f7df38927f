import * as z from 'zod'
import { CheckField } from '@/app/_ui/controls'
import { Icon } from '@/app/_ui/icon'
import { Notice } from '@/app/_ui/notice'
import { nameWords } from '@/app/_words/agent'
import type { Placement } from '@/server/booking/rules/placing'

/** Whether the person sees the RDV, and whom messages go to. */
export type Messages = { isShown: boolean; lifecycleIds: readonly number[]; reminderIds: readonly number[] }

/** As the motif says, until it is changed for this RDV. */
export function usualMessages({ motif, people }: Placement): Messages {
  const everybody = motif.notifies ? people.map(({ id }) => id) : []
  return { isShown: motif.isShown, lifecycleIds: everybody, reminderIds: everybody }
}

const keptSchema = z.object({
  isShown: z.boolean(),
  lifecycleIds: z.array(z.number()),
  reminderIds: z.array(z.number()),
})

/** As they were chosen before a reload; null when they are not choices. */
export const keptMessages = (kept: unknown): Messages | null => keptSchema.safeParse(kept).data ?? null

type Props = {
  placement: Placement
  value: Messages
  onChange: (messages: Messages) => void
  /** Each of so many RDVs is told of by itself. */
  rdvCount: number
}

/** Chosen for this RDV alone: whether the person sees it, then who is told what. */
export function MessagesFields({ placement: { motif, people }, value, onChange, rdvCount }: Props) {
  const isAnybodyTold = value.isShown && value.lifecycleIds.length > 0
  return (
    <fieldset className="space-y-3">
      <legend className="font-bold">Visibilité et messages</legend>
      <CheckField
        name="visible"
        label={people.length > 1 ? 'Les usagers voient ce RDV' : 'L’usager voit ce RDV'}
        hint="Par le lien des messages, et dans son calendrier."
        checked={value.isShown}
        onChange={({ target }) => onChange({ ...value, isShown: target.checked })}
      />
      {value.isShown && !motif.isShown && (
        <Notice tone="warn" isLive>
          <p>Ce motif est caché d’habitude, pour protéger la personne. Assurez-vous qu’elle seule lit ses messages.</p>
        </Notice>
      )}
      {rdvCount > 1 && isAnybodyTold && (
        <p className="flex items-start gap-2">
          <Icon name="mail" className="mt-0.5 shrink-0" />
          Un seul message annonce les {rdvCount}
          {'\u00a0'}RDV. Chacun a ensuite ses rappels, et ses messages s’il change.
        </p>
      )}
      {value.isShown ? (
        people.map((person) => (
          <div key={person.id} className="rounded-card border border-line bg-card px-4 py-2">
            <p className="pt-1 font-semibold">{nameWords(person)}</p>
            {person.phone === null && person.email === null ? (
              <p className="pb-1 text-ink-soft">Ni téléphone, ni e-mail{'\u00a0'}: personne ne sera prévenu.</p>
            ) : (
              <div className="flex flex-wrap gap-x-6">
                <Told
                  person={person}
                  ids={value.lifecycleIds}
                  name="suivi"
                  words="Prévenir des changements"
                  onChange={(lifecycleIds) => onChange({ ...value, lifecycleIds })}
                />
                <Told
                  person={person}
                  ids={value.reminderIds}
                  name="rappel"
                  words="Rappeler avant le RDV"
                  onChange={(reminderIds) => onChange({ ...value, reminderIds })}
                />
              </div>
            )}
          </div>
        ))
      ) : (
        <p>Personne n’est prévenu, et aucun lien n’ouvre ce RDV.</p>
      )}
    </fieldset>
  )
}

type ToldProps = {
  person: Placement['people'][number]
  ids: readonly number[]
  name: string
  words: string
  onChange: (ids: number[]) => void
}

function Told({ person, ids, name, words, onChange }: ToldProps) {
  const others = ids.filter((id) => id !== person.id)
  return (
    <CheckField
      name={`${name}-${person.id}`}
      label={
        <>
          {words}
          <span className="sr-only">{`\u00a0: ${nameWords(person)}`}</span>
        </>
      }
      checked={ids.includes(person.id)}
      onChange={({ target }) => onChange(target.checked ? [...others, person.id] : others)}
    />
  )
}
