'use client'

import './globals.css'

/** Stands in for the whole document when the layout itself fails. */
export default function GlobalError() {
  return (
    <html lang="fr">
      <body>
        <main className="mx-auto w-full max-w-2xl space-y-4 px-4 py-12">
          <title>Service momentanément indisponible · RDV Territoires</title>
          <h1 className="text-2xl">Service momentanément indisponible</h1>
          <p>Un incident technique empêche d’afficher le site. Réessayez dans quelques minutes.</p>
          <form action="/">
            <button className="min-h-11 text-accent underline underline-offset-4">Revenir à l’accueil</button>
          </form>
        </main>
      </body>
    </html>
  )
}
