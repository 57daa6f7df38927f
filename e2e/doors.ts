export type Door = 'page' | 'form' | 'agent' | 'reach' | 'link' | 'data'

/**
 * Every page and route, and how it answers a visit (GET): listed here or the build fails (server/matrix.db.test.ts);
 * portes.spec.ts knocks on each as every kind of actor.
 * `page`: anybody sees it. `form`: sends back to the page that holds the form, and takes nothing from another site.
 * `agent`: agents with a session; others are led to the sign-in page. `reach`: agents within reach of that RDV or agenda.
 * `link`: whoever holds the link. `data`: for programs.
 */
export const DOORS: Readonly<Record<string, Door>> = {
  '/': 'page',
  '/accessibilite': 'page',
  '/aide': 'page',
  '/donnees-personnelles': 'page',
  '/mentions-legales': 'page',
  '/prendre-rdv': 'page',
  '/prendre-rdv/adresse': 'page',
  '/prendre-rdv/communes': 'data',
  '/prendre-rdv/service': 'page',
  '/prendre-rdv/motif': 'page',
  '/prendre-rdv/consignes': 'page',
  '/prendre-rdv/lieu': 'page',
  '/prendre-rdv/creneau': 'page',
  '/prendre-rdv/coordonnees': 'page',
  '/prendre-rdv/coordonnees/envoyer': 'form',
  '/prendre-rdv/coordonnees/effacer': 'form',
  '/prendre-rdv/verifier': 'page',
  '/prendre-rdv/verifier/envoyer': 'form',
  '/rdv/confirme': 'page',
  '/r/[token]': 'link',
  '/r/[token]/annuler': 'link',
  '/r/[token]/calendrier': 'link',
  '/connexion': 'page',
  '/connexion/entrer': 'form',
  '/connexion/sortir': 'form',
  '/connexion/lien': 'page',
  '/connexion/lien/demander': 'form',
  '/connexion/lien/ouvrir': 'form',
  '/connexion/mot-de-passe-oublie': 'page',
  '/connexion/mot-de-passe-oublie/demander': 'form',
  '/connexion/nouveau-mot-de-passe': 'page',
  '/connexion/nouveau-mot-de-passe/choisir': 'form',
  '/recette/messages': 'page',
  '/agent': 'agent',
  '/agent/semaine': 'agent',
  '/agent/a-renseigner': 'agent',
  '/agent/profil': 'agent',
  '/agent/acces': 'agent',
  '/agent/acces/changer': 'form',
  '/agent/agendas': 'agent',
  '/agent/agendas/[agentId]': 'reach',
  '/agent/rdvs/[rdvId]': 'reach',
  '/agent/rdvs/[rdvId]/statut': 'form',
  '/api/auth/[...nextauth]': 'data',
  '/api/health': 'data',
  '/api/ready': 'data',
  '/api/trpc/[trpc]': 'data',
}
