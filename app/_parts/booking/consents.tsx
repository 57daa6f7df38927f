import { Button, ButtonLink } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { PageShell } from '@/app/_ui/page-shell'
import { StepTitle } from '@/app/_ui/step-title'
import { Tag } from '@/app/_ui/tag'
import { consentWords } from '@/app/_words/usager'
import type { Consents, ConsentSheet } from '@/server/people/rules/consents'

type Props = {
  sheet: ConsentSheet
  /** Of the page; its form posts under it. */
  path: string
  /** What the person has just chosen, if they have. */
  isJustSaid: boolean
  backHref?: string
}

/** By what somebody is written to: each channel stopped or taken up again, by forms that need no script. */
export function ConsentsPage({ sheet, path, isJustSaid, backHref }: Props) {
  const hasNone = !sheet.mail && !sheet.sms
  return (
    <PageShell where={sheet.territoryName}>
      {isJustSaid && (
        <Notice tone="ok" title="C’est noté" isLive>
          <p>Votre choix vaut dès maintenant, pour tous vos rendez-vous dans ce territoire.</p>
        </Notice>
      )}
      <StepTitle
        intro={`Comment nous vous prévenons de vos rendez-vous\u00a0: confirmation, changement, annulation, rappel. Votre choix vaut pour tout le territoire\u00a0: ${sheet.territoryName}.`}
      >
        Vos messages
      </StepTitle>
      {hasNone && (
        <Notice tone="warn" title="Vous ne recevez plus aucun message">
          <p>Si un rendez-vous change ou est annulé, personne ne peut vous l’écrire.</p>
        </Notice>
      )}
      {(['mail', 'sms'] as const).map((channel) => (
        <Channel key={channel} channel={channel} isOn={sheet[channel]} path={path} />
      ))}
      {backHref && (
        <ButtonLink href={backHref} variant="quiet">
          Revenir à mon rendez-vous
        </ButtonLink>
      )}
    </PageShell>
  )
}

function Channel({ channel, isOn, path }: { channel: keyof Consents; isOn: boolean; path: string }) {
  const words = consentWords[channel]
  return (
    <section aria-labelledby={channel} className="space-y-3 rounded-card border border-line bg-card p-4 sm:p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id={channel} className="text-xl">
          {words.title}
        </h2>
        <Tag tone={isOn ? 'ok' : 'warn'}>{isOn ? 'Autorisés' : 'Arrêtés'}</Tag>
      </div>
      <form method="post" action={`${path}/choisir`}>
        <input type="hidden" name="channel" value={channel} />
        <input type="hidden" name="isOn" value={isOn ? 'non' : 'oui'} />
        <Button variant={isOn ? 'danger' : 'primary'} isFull className="sm:w-auto">
          {isOn ? words.stop : words.start}
        </Button>
      </form>
    </section>
  )
}
