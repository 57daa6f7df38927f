import Link from 'next/link'
import { buttonClass } from '@/app/_ui/button'

export default function NotFound() {
  return (
    <div className="mx-auto max-w-3xl space-y-4">
      <h1 className="text-2xl tracking-tight sm:text-3xl">Fiche introuvable</h1>
      <p className="max-w-prose">
        Cette fiche n’existe pas, ou aucune de vos organisations ne suit cette personne. Un RDV dans l’une d’elles vous
        l’ouvrira.
      </p>
      <Link href="/agent/usagers" prefetch={false} className={buttonClass()}>
        Chercher une personne
      </Link>
    </div>
  )
}
