import type { Kept } from '@/app/_lib/kept'
import { Button, buttonClass } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { titleFaultWords } from '@/app/_words/placing'
import { MAX_TITLE_LENGTH, type SessionTitle } from '@/server/booking/rules/session-title'

export const titleFormOf = (rdvId: string | undefined): string => `intitule ${rdvId ?? ''}`

/** One line of text, and the version of the RDV it is written over. */
export function TitleForm({ session, kept: { fields, faults } }: { session: SessionTitle; kept: Omit<Kept, 'form'> }) {
  const { rdvId, sequence, title, isConfidential } = session
  return (
    <form method="post" action={`/agent/rdvs/${rdvId}/intitule/enregistrer`} className="space-y-6" noValidate>
      <input type="hidden" name="rdvId" value={rdvId} />
      <input type="hidden" name="version" value={sequence} />
      <Field
        name="title"
        label="Intitulé"
        isOptional
        hint={
          isConfidential
            ? 'Motif confidentiel\u00a0: aucun message ne le dit. Pas d’information sensible.'
            : 'Visible des participants, dans leurs messages\u00a0: pas d’information sensible. Ils sont prévenus quand il change.'
        }
        error={titleFaultWords(faults.title)}
        defaultValue={fields.title ?? title ?? ''}
        maxLength={MAX_TITLE_LENGTH}
        autoComplete="off"
      />
      <div className="flex flex-col gap-3 sm:flex-row">
        <Button>Enregistrer l’intitulé</Button>
        <a href={`/agent/rdvs/${rdvId}`} className={buttonClass({ variant: 'secondary' })}>
          Revenir au RDV
        </a>
      </div>
    </form>
  )
}
