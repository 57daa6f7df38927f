import type { Random } from './random'

export type Sex = 'F' | 'M'

const FIRST_NAMES: Record<Sex, readonly string[]> = {
  F: `Aïcha Alice Amandine Aminata Anaïs Anne-Sophie Aurélie Assia Béatrice Bintou Camille Carole Caroline Catherine
    Cécile Céline Chantal Chloé Christelle Clara Coralie Delphine Djamila Élodie Émilie Emma Estelle Eugénie Fanny
    Fatima Fatou Florence Françoise Gaëlle Inès Ingrid Isabelle Jade Jeanne Joëlle Julie Justine Karima Khadija Laëtitia
    Laura Léa Leïla Lina Louise Lucie Maëlys Magali Maéva Manon Margaux Maria Mariam Marie Marine Marion Maryam Mathilde
    Mélanie Mélissa Monique Myriam Nadia Nathalie Nora Océane Oumou Patricia Pauline Rachida Romane Rosa Rose Sabrina
    Samira Sandra Sarah Shaïna Sofia Sokona Solène Sonia Sophie Stéphanie Sylvie Thi-Mai Valérie Vanessa Victoria
    Yasmina Zoé`.split(/\s+/),
  M: `Abdel Adam Adrien Ahmed Alexandre Amadou Anthony Antoine Arnaud Arthur Aurélien Bastien Benjamin Bruno Cédric
    Charles Christophe Clément Cyril Damien Daniel David Didier Dimitri Eliott Emmanuel Enzo Éric Étienne Fabien Farid
    Florian Franck François Frédéric Gaël Gabriel Grégory Guillaume Hakim Hamza Hugo Ibrahim Idriss Ilyès Ismaël Jérémy
    Jérôme Joël Jonathan Jordan Julien Kamel Kévin Kylian Laurent Léo Liam Loïc Louis Lucas Ludovic Mamadou Marc
    Mathéo Mathis Maxime Mehdi Michaël Michel Mohamed Moussa Nathan Nicolas Noah Olivier Ousmane Pascal Patrick Paul
    Philippe Pierre Quentin Raphaël Rayan Rémi Romain Sacha Saïd Sébastien Simon Stéphane Sylvain Théo Thierry Thomas
    Timéo Tom Tristan Valentin Victor Vincent Walid Yacine Yanis Yves Zacharie`.split(/\s+/),
}

const NORTH =
  `Bailleul Barbier Beaumont Becquet Bernard Blondel Bocquet Boulanger Bourgeois Boutin Brunet Cailliez Carlier
  Caron Carpentier Cauchy Cordier Coulon Crépin Danel Debruyne Decroix Dehaene Delacroix Delannoy Delcourt Deleplanque
  Delmotte Delvallée Demarquilly Denis Deprez Descamps Dewaele Dhondt Dubois Duchêne Dufour Duhamel Dumont Dupont Durand
  Duval Evrard Fauquembergue Flament Fontaine Fournier Gallois Gamelin Girard Gosselin Guilbert Hanquez Hecquet Hennebelle
  Herbaut Hochart Huguet Jacquart Kaczmarek Kowalski Lambert Langlet Lecocq Leclercq Lecomte Ledoux Lefebvre Legrand
  Leleu Lemaire Leroux Leroy Lesage Louvet Macquart Maillard Mallet Marchand Masson Mercier Merlin Michalak Minet Morel
  Nowak Pâques Pawlak Petit Poulain Prévost Pruvost Quenehen Queste Roussel Sauvage Sénéchal Szymanski Tellier Thuillier
  Vasseur Verhaeghe Vincent Vandenberghe Wattel Wojcik`.split(/\s+/)
const REUNION =
  `Payet Hoarau Grondin Boyer Fontaine Rivière Dijoux Robert Maillot Lebon Técher Nativel Hoareau Bègue Lauret
  Turpin Morel Gonthier Clain Mussard Barret Damour Ethève Folio Fontaine Huet Law-Yat Ah-Fat Chane-Kane Virapoullé
  Ramassamy Moutoussamy Sinimalé Vitry Picard Cadet Bénard Técher Lallemand Abmon Atchama Catapoulé Soupramanien Ivara
  Mardaye Séry Elisabeth Smith Thomas Perrault Guichard Vienne Velleyen Dalleau Sautron Bardeur Ferrère Gigan
  Tangatchy Valliamée`.split(/\s+/)
const EVERYWHERE =
  `Martin Bernard Thomas Richard Garcia Martinez Lopez Da-Silva Ferreira Pereira Rossi Moreau Simon Laurent
  Michel David Bertrand Roux Fournier Benali Haddad Belkacem Bouzid Cherif Mansouri Saïdi Amrani Ziani Diallo Traoré
  Keïta Camara Koné Touré Diop Ndiaye Mbemba Nguyen Tran Pham Yilmaz Demir Popescu Ivanov Petrov Haidara Abdallah
  Hassani Soilihi Rakoto Randria Mbaye Cissé Sow Barry`.split(/\s+/)

export function lastName(random: Random, departmentNumber: string) {
  const local = departmentNumber === '974' ? REUNION : NORTH
  return random.pick(random.chance(0.68) ? local : EVERYWHERE).replace('Da-Silva', 'Da Silva')
}

export const firstName = (random: Random, sex: Sex) => random.pick(FIRST_NAMES[sex])

/** 'Hélène Da Silva' → 'helene.da-silva': the local part of an invented e-mail address. */
export const mailName = (...parts: readonly string[]) =>
  parts
    .map((part) =>
      part
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .toLowerCase()
        .replace(/[^a-z]+/g, '-'),
    )
    .join('.')

const grouped = (digits: string) => digits.replace(/(\d\d)(?=\d)/g, '$1 ')

/**
 * A mobile that reads as invented (06 00 00…, 0692 00…): `index` from 0 to 9,999. The range kept for fiction,
 * 06 39 98, is one that phone libraries refuse.
 */
export function inventedMobile(departmentNumber: string, index: number) {
  const isOverseas = departmentNumber === '974'
  const digits = `${isOverseas ? '069200' : '060000'}${String(index).padStart(4, '0')}`
  return { phone: grouped(digits), phoneE164: `+${isOverseas ? '262' : '33'}${digits.slice(1)}` }
}

/** A land line: of the range kept for fiction in the north, a plausible one in La Réunion where there is none. */
export function inventedLandline(departmentNumber: string, index: number) {
  const last = String(index).padStart(4, '0')
  const digits = departmentNumber === '974' ? `026299${last}` : `035301${last}`
  return { phone: grouped(digits), phoneE164: `+${departmentNumber === '974' ? '262' : '33'}${digits.slice(1)}` }
}
