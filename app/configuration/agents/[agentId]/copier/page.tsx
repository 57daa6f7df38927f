import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { orNotFound } from '@/app/_lib/or-not-found'
import { idIn, one, type Search } from '@/app/_lib/search'
import { requireViewer } from '@/app/_lib/viewer'
import { GrantFacts } from '@/app/_parts/access/grant-facts'
import { BackLink } from '@/app/_parts/form/back-link'
import { FormNotice } from '@/app/_parts/form/form-parts'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { RadioGroup, SelectField } from '@/app/_ui/controls'
import { Notice } from '@/app/_ui/notice'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { accessLevelWords, copyChangeWords, copyModeWords } from '@/app/_words/access'
import { COPY_MODES } from '@/server/access/rules/copy'
import { api } from '@/server/api'
import { accessesHref, accessesOf, type AgentParams } from '../../../_components/accesses'

export const metadata: Metadata = { title: 'Copier les accès' }

/** Whose accesses, in which way; then what it changes, before anything is. */
export default async function Page({ params, searchParams }: { params: AgentParams; searchParams: Search }) {
  await requireViewer()
  const search = await searchParams
  const accesses = await accessesOf(params, search)
  const { agentId, territory } = accesses
  // Nobody copies accesses to themselves.
  if (!accesses.isAdministered) notFound()
  const { rights } = await api()
  const { agents } = await rights.listParties({ territoryId: territory.territoryId })
  const fromAgentId = idIn(search.de)
  const mode = COPY_MODES.find((one) => one === search.mode) ?? 'add'
  return (
    <div className="mx-auto max-w-2xl space-y-5">
      <BackLink href={accessesHref(accesses)}>{accesses.name}</BackLink>
      <StepTitle intro={`À ${accesses.name}. Rien ne change avant que vous l’ayez confirmé.`}>
        Copier les accès
      </StepTitle>
      <FormNotice avis={one(search.avis)} />
      <form method="get" action={`/configuration/agents/${agentId}/copier`} className="space-y-5">
        <input type="hidden" name="territoire" value={territory.territoryId} />
        <SelectField
          name="de"
          label="Copier les accès de"
          choices={agents
            .filter(({ id }) => id !== agentId)
            .map(({ id, name }) => ({ value: String(id), label: name }))}
          defaultValue={fromAgentId === null ? '' : String(fromAgentId)}
          empty="Choisissez"
        />
        <RadioGroup
          name="mode"
          label="De quelle façon"
          choices={COPY_MODES.map((value) => ({ value, ...copyModeWords[value] }))}
          value={mode}
        />
        <Button variant="secondary">Voir ce qui change</Button>
      </form>
      <p className="text-ink-soft">
        Se copient les accès donnés à cette personne elle-même. Ceux d’une place ou d’une équipe suivent la place ou
        l’équipe.
      </p>
      {fromAgentId !== null && (
        <Preview asked={{ territoryId: territory.territoryId, fromAgentId, toAgentId: agentId, mode }} />
      )}
    </div>
  )
}

type Asked = { territoryId: number; fromAgentId: number; toAgentId: number; mode: (typeof COPY_MODES)[number] }

async function Preview({ asked }: { asked: Asked }) {
  const { changes, leftCount, mark } = await orNotFound((await api()).rights.previewCopy(asked))
  return (
    <section aria-labelledby="apercu" className="space-y-3">
      <h2 id="apercu" className="text-xl">
        Ce qui change
      </h2>
      {leftCount > 0 && (
        <Notice tone="note">
          <p>
            {leftCount === 1
              ? 'Un autre accès ne dépend pas de vous : il ne sera pas copié.'
              : `${leftCount} autres accès ne dépendent pas de vous : ils ne seront pas copiés.`}
          </p>
        </Notice>
      )}
      {changes.length === 0 ? (
        <Notice title="Rien à copier">
          <p>Choisissez quelqu’un d’autre, ou donnez un accès.</p>
        </Notice>
      ) : (
        <>
          <ul className="space-y-2">
            {changes.map(({ kind, from, to, grant }) => (
              <li key={grant.grantId}>
                <Card className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
                  <span className="min-w-0">
                    <GrantFacts grant={grant} isWhole isTargetOnly />
                    <span className="block">
                      {accessLevelWords[from]} → {accessLevelWords[to]}
                    </span>
                  </span>
                  <Tag tone={copyChangeWords[kind].tone}>{copyChangeWords[kind].label}</Tag>
                </Card>
              </li>
            ))}
          </ul>
          <form method="post" action={`/configuration/agents/${asked.toAgentId}/copier/confirmer`}>
            <input type="hidden" name="territoryId" value={asked.territoryId} />
            <input type="hidden" name="fromAgentId" value={asked.fromAgentId} />
            <input type="hidden" name="mode" value={asked.mode} />
            <input type="hidden" name="seen" value={mark} />
            <Button isFull className="sm:w-auto">
              Confirmer la copie
            </Button>
          </form>
        </>
      )}
    </section>
  )
}
