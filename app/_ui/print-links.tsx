import { buttonClass } from './button'
import { Icon } from './icon'

/** A letter to print, in ordinary or in large print. Plain links: what they open is no page of ours. */
export const PrintLinks = ({ href }: { href: string }) => (
  <>
    <a href={href} className={buttonClass({ variant: 'secondary' })}>
      <Icon name="print" />
      Imprimer la convocation
    </a>
    <a href={`${href}?caracteres=grands`} className="link inline-flex min-h-11 items-center">
      La convocation en gros caractères
    </a>
  </>
)
