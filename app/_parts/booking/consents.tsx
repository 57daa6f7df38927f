import { Button, ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { consentWords } from '@/app/_words/usager'
import type { ConsentState } from '@/server/people/rules/consents'
import type { Channel } from '@/server/messaging/rules/telling'

type Props = {
  /** Of the channels that are chosen here. */
  states: Partial<Record<Channel, ConsentState>>
  /** What the choice is of: one RDV, or all those of the territory. */
  of: 'rdv' | 'territory'
  territoryName: string
  /** Of the page; its form posts under it. */
  path: string
  /** What the person has just chosen, if they have. */
  isJustSaid: boolean
  backHref?: string
}

/** By what somebody is written to: each channel stopped or taken up again, by forms that need no script. */
export function ConsentsPage({ states, of, territoryName, path, isJustSaid, backHref }: Props) {
  const channels = (['mail', 'sms'] as const).flatMap((channel) => {
    const state = states[channel]
    return state ? [{ channel, state }] : []
  })
  const hasNone = channels.length === 2 && channels.every(({ state }) => state !== 'on')
  const scope =
    of === 'rdv' ? 'pour ce rendez-vous' : `pour tous vos rendez-vous dans ce territoire\u00a0: ${territoryName}`
  return (
    <PageShell where={territoryName}>
      {isJustSaid && (
        <Notice tone="ok" title="C’est noté" isLive>
          <p>
            Votre choix vaut dès maintenant,{' '}
            {of === 'rdv' ? 'pour ce rendez-vous' : 'pour tous vos rendez-vous dans ce territoire'}.
          </p>
        </Notice>
      )}
      <StepTitle
        intro={`Comment nous vous prévenons de vos rendez-vous\u00a0: confirmation, changement, annulation, rappel. Votre choix vaut ${scope}.`}
      >
        Vos messages
      </StepTitle>
      {hasNone && (
        <Notice tone="warn" title={`Vous ne recevez plus aucun message${of === 'rdv' ? ' pour ce rendez-vous' : ''}`}>
          <p>Si le rendez-vous change ou est annulé, personne ne peut vous l’écrire.</p>
        </Notice>
      )}
      {channels.map(({ channel, state }) => (
        <ChannelChoice key={channel} channel={channel} state={state} path={path} />
      ))}
      <p className="text-ink-soft">
        {of === 'rdv'
          ? 'Pour tous vos rendez-vous à la fois, répondez STOP à un SMS, ou choisissez dans «\u00a0Mes rendez-vous\u00a0».'
          : 'Les SMS s’arrêtent en répondant STOP à l’un d’eux, ou dans «\u00a0Mes rendez-vous\u00a0».'}
      </p>
      <div className="flex flex-wrap gap-3">
        {backHref && (
          <ButtonLink href={backHref} variant="quiet">
            Revenir à mon rendez-vous
          </ButtonLink>
        )}
        <ButtonLink href="/mes-rdv" variant="quiet">
          Mes rendez-vous
        </ButtonLink>
      </div>
    </PageShell>
  )
}

function ChannelChoice({ channel, state, path }: { channel: Channel; state: ConsentState; path: string }) {
  const words = consentWords[channel]
  const isOn = state === 'on'
  return (
    <section aria-labelledby={channel} className="space-y-3 rounded-card border border-line bg-card p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={channel} className="text-xl">
          {words.title}
        </h2>
        <Tag tone={isOn ? 'ok' : 'warn'}>{isOn ? 'Autorisés' : 'Arrêtés'}</Tag>
      </div>
      {state === 'stopped-everywhere' ? (
        <p>{words.stoppedEverywhere}</p>
      ) : (
        <form method="post" action={`${path}/choisir`}>
          <input type="hidden" name="channel" value={channel} />
          <input type="hidden" name="isOn" value={isOn ? 'non' : 'oui'} />
          <Button variant={isOn ? 'danger' : 'primary'} isFull className="sm:w-auto">
            {isOn ? words.stop : words.start}
          </Button>
        </form>
      )}
    </section>
  )
}
