import Link from 'next/link'
import { buttonClass } from '@/app/_ui/button'

export default function NotFound() {
  return (
    <div className="mx-auto max-w-3xl space-y-4">
      <h1 className="text-2xl tracking-tight sm:text-3xl">RDV introuvable</h1>
      <p className="max-w-prose">
        Ce RDV n’existe pas, ou il n’est pas dans vos agendas. Si un collègue vous a donné cette adresse, demandez-lui
        ce qu’il en est.
      </p>
      <Link href="/agent" prefetch={false} className={buttonClass()}>
        Voir ma journée
      </Link>
    </div>
  )
}
