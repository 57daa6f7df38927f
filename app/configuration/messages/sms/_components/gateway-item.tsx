import { Button, ButtonLink } from '@/app/_ui/button'
import { boxClass, FieldError, fieldId } from '@/app/_ui/field'
import { faultSentence } from '@/app/_words/administration'
import { gatewayFacts, gatewayWords } from '@/app/_words/sms'
import type { SmsGatewayLine } from '@/server/directory/rules/sms'

type Props = {
  gateway: SmsGatewayLine
  rank: number
  territoryId: number
  /** What was typed for a trial of this one, and what is wrong with it. */
  phone: string | undefined
  error: string | undefined
}

/** One gateway: changed, tried before the one above it, taken away, or tried now. */
export function GatewayItem({ gateway: { gatewayId, settings }, rank, territoryId, phone, error }: Props) {
  const name = `${rank}. ${gatewayWords[settings.kind]}`
  const field = `phone-${gatewayId}`
  const own = (
    <>
      <input type="hidden" name="territoryId" value={territoryId} />
      <input type="hidden" name="gatewayId" value={gatewayId} />
    </>
  )
  return (
    <li className="space-y-4 rounded-card border-[1.5px] border-line bg-card p-4">
      <div>
        <h3 className="text-lg">{name}</h3>
        <p className="wrap-anywhere text-ink-soft">{gatewayFacts(settings)}</p>
      </div>
      <form method="post" action="/configuration/messages/sms/essai" className="space-y-1.5" noValidate>
        {own}
        <label htmlFor={fieldId(field)} className="block font-bold">
          Numéro pour un essai<span className="sr-only"> de {name}</span>
        </label>
        {error && <FieldError id={`${fieldId(field)}-erreur`}>{faultSentence(error)}</FieldError>}
        <div className="flex flex-col gap-2 sm:flex-row">
          <input
            id={fieldId(field)}
            name="phone"
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            maxLength={30}
            defaultValue={phone ?? ''}
            {...(error && { 'aria-invalid': true, 'aria-describedby': `${fieldId(field)}-erreur` })}
            className={`${boxClass(error)} w-full`}
          />
          <Button variant="secondary" aria-label={`Tester ${name}`}>
            Tester
          </Button>
        </div>
      </form>
      <form method="post" action="/configuration/messages/sms/ordre" className="flex flex-wrap gap-2">
        {own}
        <ButtonLink
          href={`/configuration/messages/sms/passerelle?territoire=${territoryId}&passerelle=${gatewayId}`}
          variant="secondary"
          aria-label={`Modifier ${name}`}
        >
          Modifier
        </ButtonLink>
        {rank > 1 && (
          <Button variant="secondary" name="to" value="up" aria-label={`Monter ${name}`}>
            Monter
          </Button>
        )}
        <Button variant="danger" name="to" value="removed" aria-label={`Retirer ${name}`}>
          Retirer
        </Button>
      </form>
    </li>
  )
}
