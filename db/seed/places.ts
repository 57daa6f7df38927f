export type Place = { code: string; name: string; postCode: string; latitude: number; longitude: number }

const place = (code: string, name: string, postCode: string, latitude: number, longitude: number): Place => ({
  code,
  name,
  postCode,
  latitude,
  longitude,
})

/** The communes of the demo, with the coordinates of their centre. */
export const PLACES = {
  lens: place('62498', 'Lens', '62300', 50.4289, 2.8319),
  lievin: place('62510', 'Liévin', '62800', 50.4195, 2.7786),
  avion: place('62065', 'Avion', '62210', 50.4103, 2.8331),
  henin: place('62427', 'Hénin-Beaumont', '62110', 50.4214, 2.9506),
  carvin: place('62215', 'Carvin', '62220', 50.4922, 2.9581),
  arras: place('62041', 'Arras', '62000', 50.291, 2.7775),
  bapaume: place('62080', 'Bapaume', '62450', 50.1036, 2.8511),
  saintPol: place('62767', 'Saint-Pol-sur-Ternoise', '62130', 50.3806, 2.3344),
  bethune: place('62119', 'Béthune', '62400', 50.5303, 2.6408),
  bruay: place('62178', 'Bruay-la-Buissière', '62700', 50.4833, 2.55),
  noeux: place('62617', 'Nœux-les-Mines', '62290', 50.4797, 2.6647),
  boulogne: place('62160', 'Boulogne-sur-Mer', '62200', 50.7264, 1.6147),
  outreau: place('62643', 'Outreau', '62230', 50.7047, 1.5897),
  calais: place('62193', 'Calais', '62100', 50.9513, 1.8587),
  marck: place('62548', 'Marck', '62730', 50.9478, 1.9503),
  amiens: place('80021', 'Amiens', '80000', 49.8942, 2.2958),
  longueau: place('80489', 'Longueau', '80330', 49.8711, 2.3553),
  corbie: place('80212', 'Corbie', '80800', 49.9097, 2.5106),
  doullens: place('80253', 'Doullens', '80600', 50.1564, 2.34),
  abbeville: place('80001', 'Abbeville', '80100', 50.1058, 1.8342),
  friville: place('80368', 'Friville-Escarbotin', '80130', 50.0847, 1.5478),
  rue: place('80688', 'Rue', '80120', 50.2719, 1.6686),
  peronne: place('80620', 'Péronne', '80200', 49.9297, 2.9328),
  albert: place('80016', 'Albert', '80300', 50.0019, 2.6528),
  montdidier: place('80561', 'Montdidier', '80500', 49.6483, 2.5697),
  saintDenis: place('97411', 'Saint-Denis', '97400', -20.8789, 55.4481),
  sainteMarie: place('97418', 'Sainte-Marie', '97438', -20.8969, 55.5494),
  saintAndre: place('97409', 'Saint-André', '97440', -20.9633, 55.6503),
  lePort: place('97407', 'Le Port', '97420', -20.9373, 55.2919),
  laPossession: place('97408', 'La Possession', '97419', -20.9264, 55.3353),
  saintPaul: place('97415', 'Saint-Paul', '97460', -21.0096, 55.2707),
  saintLeu: place('97413', 'Saint-Leu', '97436', -21.1703, 55.2886),
  saintPierre: place('97416', 'Saint-Pierre', '97410', -21.3393, 55.4781),
  leTampon: place('97422', 'Le Tampon', '97430', -21.277, 55.5154),
  saintLouis: place('97414', 'Saint-Louis', '97450', -21.2867, 55.4112),
} satisfies Record<string, Place>

export type PlaceKey = keyof typeof PLACES

/** Where people of one area live and go: families, organisations and agents of a basin meet each other. */
export const BASINS = {
  artois: ['lens', 'lievin', 'avion', 'henin', 'carvin'],
  arrageois: ['arras', 'bapaume', 'saintPol'],
  bethunois: ['bethune', 'bruay', 'noeux'],
  littoral: ['boulogne', 'outreau', 'calais', 'marck'],
  amienois: ['amiens', 'longueau', 'corbie', 'doullens'],
  picardieMaritime: ['abbeville', 'friville', 'rue'],
  santerre: ['peronne', 'albert', 'montdidier'],
  nord: ['saintDenis', 'sainteMarie', 'saintAndre'],
  ouest: ['lePort', 'laPossession', 'saintPaul', 'saintLeu'],
  sud: ['saintPierre', 'leTampon', 'saintLouis'],
} satisfies Record<string, readonly PlaceKey[]>

export type Basin = keyof typeof BASINS

export const STREETS = [
  'rue Jean-Jaurès',
  'rue de la République',
  'rue Victor-Hugo',
  'rue Pasteur',
  'rue des Écoles',
  'avenue de la Gare',
  'rue du Général-de-Gaulle',
  'rue Émile-Zola',
  'rue des Lilas',
  'rue Louise-Michel',
  'allée des Tilleuls',
  'rue du Moulin',
  'place de l’Église',
  'rue Marcel-Sembat',
  'résidence Les Bleuets',
  'rue Anatole-France',
  'chemin des Vignes',
  'rue Roger-Salengro',
  'impasse des Acacias',
  'boulevard Voltaire',
  'rue Pierre-Curie',
  'rue des Fusillés',
  'rue de Lille',
  'cité des Provinces',
] as const
