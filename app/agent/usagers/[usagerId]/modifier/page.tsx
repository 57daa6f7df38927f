import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { keptOf } from '@/app/_lib/kept'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { BackLink } from '@/app/_parts/form/back-link'
import { ErrorSummary } from '@/app/_ui/error-summary'
import { StepTitle } from '@/app/_ui/step-title'
import { nameWords } from '@/app/_words/agent'
import { fileFaultWords } from '@/app/_words/usager'
import { api } from '@/server/api'
import { shownFile } from '@/server/people/rules/usager-change'
import { saveUsagerSchema } from '@/server/people/schema'
import { FileNotice } from '../../_components/file-notice'
import { ChangedNotice, DoublesNotice } from './_components/notices'
import { FileForm } from './_components/file-form'
import { FILE_FORM, saveInput, typedFile } from './_components/typed-file'

export const metadata: Metadata = { title: 'Modifier une fiche' }

type Props = { params: Promise<{ usagerId: string }>; searchParams: Search }

/** A plain form: what is refused comes back with everything typed. */
export default async function Page({ params, searchParams }: Props) {
  await requireViewer()
  const usagerId = idIn((await params).usagerId)
  if (usagerId === null) notFound()
  const search = await searchParams
  const avis = one(search.avis)
  const { people } = await api()
  const sheet = await orNotFound(people.getUsager({ usagerId }))
  const kept = await keptOf(FILE_FORM, search.erreurs !== undefined)
  // One browser keeps one form: another person's is none of this page's.
  const isKept = kept.fields.usagerId === String(usagerId)
  const { fields, faults } = isKept ? kept : { fields: {}, faults: {} }
  const typed = isKept ? typedFile(fields) : shownFile(sheet)
  // Whoever was told of another change has seen it: they go on from there, and from nowhere else.
  const isChanged = isKept && avis === 'changed-meanwhile'
  const version = isKept && !isChanged ? fields.version : String(sheet.version)
  const asked = avis === 'maybe-known' ? saveUsagerSchema.safeParse(saveInput(usagerId, fields)) : null
  const doubles = asked?.success ? await orNotFound(people.findDoublesOf(asked.data)) : []
  const errors = Object.entries(faults).map(([name, fault]) => ({ name, message: fileFaultWords(name, fault) ?? '' }))
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={`/agent/usagers/${usagerId}`}>{nameWords(sheet)}</BackLink>
      <ErrorSummary errors={errors} />
      <StepTitle>Modifier la fiche</StepTitle>
      <FileNotice avis={search.erreurs !== undefined && !isKept ? 'perdu' : avis} />
      {isChanged && <ChangedNotice now={shownFile(sheet)} typed={typed} isProche={sheet.responsible !== null} />}
      {doubles.length > 0 && <DoublesNotice doubles={doubles} />}
      <FileForm
        sheet={sheet}
        version={version ?? ''}
        typed={typed}
        errorOf={(field) => fileFaultWords(field, faults[field])}
        isDoubt={doubles.length > 0}
      />
    </div>
  )
}
