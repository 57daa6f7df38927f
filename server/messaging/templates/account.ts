import { ACCOUNT_LINK_MIN, CODE_MIN } from '@/server/access/rules/accounts'
import { buttonLink, letterHtml, paragraph } from '@/server/platform/letter'
import { foldForSms } from '@/server/kernel/sms-text'

/** The code first: telephones show it above the keyboard. */
export const codeSms = (code: string): string =>
  foldForSms(`${code} est votre code RDV Territoires, valable ${String(CODE_MIN)} minutes. Ne le donnez à personne.`)

type Letter = { subject: string; lead: string; words: string }

const LETTERS = {
  'sign-in': {
    subject: 'Retrouver vos rendez-vous',
    lead: 'Vous avez demandé à retrouver vos rendez-vous.',
    words: 'Voir mes rendez-vous',
  },
  change: {
    subject: 'Confirmer votre adresse e-mail',
    lead: 'Vous avez demandé à être joint à cette adresse.',
    words: 'Confirmer cette adresse',
  },
} as const satisfies Record<string, Letter>

/** The mail whose link proves an address. */
export function accountLinkMail(
  kind: keyof typeof LETTERS,
  url: string,
): { subject: string; text: string; html: string } {
  const { subject, lead, words } = LETTERS[kind]
  const after = [
    `Ce lien fonctionne une seule fois, pendant ${String(ACCOUNT_LINK_MIN)} minutes.`,
    'Si vous n’avez rien demandé, ignorez ce message.',
  ]
  const text = ['Bonjour,', lead, `${words}\u00a0:\n${url}`, ...after].join('\n\n')
  const html = letterHtml({
    subject,
    heading: subject,
    html: [paragraph(lead), buttonLink(words, url), ...after.map(paragraph)].join(''),
  })
  return { subject, text, html }
}
