import type { Basin, PlaceKey } from './places'

export type OrganisationKind = 'mds' | 'pmi' | 'cpef' | 'mdph'

export type LieuSpec = {
  name: string
  place: PlaceKey
  address: string
  /** 'full': booked up for weeks; 'closed': nobody receives there any more; 'new': nobody receives there yet. */
  state?: 'full' | 'closed' | 'new'
}

export type OrganisationSpec = {
  key: string
  departmentNumber: '62' | '80' | '974'
  kind: OrganisationKind
  name: string
  basins: readonly Basin[]
  lieux: readonly LieuSpec[]
}

const lieu = (name: string, place: PlaceKey, address: string, state?: NonNullable<LieuSpec['state']>): LieuSpec =>
  state ? { name, place, address, state } : { name, place, address }

export const ORGANISATIONS: readonly OrganisationSpec[] = [
  {
    key: 'mds-lens',
    departmentNumber: '62',
    kind: 'mds',
    name: 'MDS de Lens – Liévin',
    basins: ['artois'],
    lieux: [
      lieu('MDS de Lens', 'lens', '14 rue Paul-Bert'),
      lieu('MDS de Liévin', 'lievin', '3 rue Jean-Baptiste-Defernez'),
      lieu('Point d’accueil d’Avion', 'avion', '27 boulevard Henri-Martel', 'full'),
      lieu('MDS d’Hénin-Beaumont', 'henin', '52 rue de l’Abbaye'),
    ],
  },
  {
    key: 'mds-arras',
    departmentNumber: '62',
    kind: 'mds',
    name: 'MDS de l’Arrageois',
    basins: ['arrageois'],
    lieux: [
      lieu('MDS d’Arras', 'arras', '9 boulevard Carnot'),
      lieu('Permanence de Bapaume', 'bapaume', '2 place Faidherbe'),
      lieu('Permanence de Saint-Pol', 'saintPol', '18 rue d’Hesdin', 'new'),
    ],
  },
  {
    key: 'mds-boulogne',
    departmentNumber: '62',
    kind: 'mds',
    name: 'MDS du Boulonnais',
    basins: ['littoral'],
    lieux: [
      lieu('MDS de Boulogne-sur-Mer', 'boulogne', '33 rue de Wicardenne'),
      lieu('Antenne d’Outreau', 'outreau', '6 rue Auguste-Comte'),
    ],
  },
  {
    key: 'pmi-bethune',
    departmentNumber: '62',
    kind: 'pmi',
    name: 'Centre PMI de Béthune',
    basins: ['bethunois', 'artois'],
    lieux: [
      lieu('Centre PMI de Béthune', 'bethune', '41 rue de Lille'),
      lieu('Consultation PMI de Bruay', 'bruay', '5 rue Arthur-Lamendin'),
      lieu('Consultation PMI de Nœux-les-Mines', 'noeux', '11 rue Léon-Blum'),
      lieu('Ancien centre PMI (rue Sadi-Carnot)', 'bethune', '120 rue Sadi-Carnot', 'closed'),
    ],
  },
  {
    key: 'pmi-calais',
    departmentNumber: '62',
    kind: 'pmi',
    name: 'Centre PMI de Calais',
    basins: ['littoral'],
    lieux: [
      lieu('Centre PMI de Calais', 'calais', '20 rue du Four-à-Chaux'),
      lieu('Consultation PMI de Marck', 'marck', '1 place de l’Europe'),
    ],
  },
  {
    key: 'cpef-arras',
    departmentNumber: '62',
    kind: 'cpef',
    name: 'CPEF d’Arras',
    basins: ['arrageois', 'bethunois'],
    lieux: [lieu('CPEF d’Arras', 'arras', '37 rue du Temple'), lieu('CPEF de Béthune', 'bethune', '8 rue Fleming')],
  },
  {
    key: 'cpef-lens',
    departmentNumber: '62',
    kind: 'cpef',
    name: 'CPEF de Lens',
    basins: ['artois', 'littoral'],
    lieux: [lieu('CPEF de Lens', 'lens', '2 rue Eugène-Bar'), lieu('CPEF de Carvin', 'carvin', '16 rue Thibaut')],
  },
  {
    key: 'mdph-62',
    departmentNumber: '62',
    kind: 'mdph',
    name: 'MDPH du Pas-de-Calais',
    basins: ['arrageois', 'artois', 'bethunois', 'littoral'],
    lieux: [
      lieu('MDPH – siège d’Arras', 'arras', '9 rue Willy-Brandt'),
      lieu('MDPH – permanence de Lens', 'lens', '14 rue Paul-Bert'),
    ],
  },
  {
    key: 'mdsi-amiens',
    departmentNumber: '80',
    kind: 'mds',
    name: 'MDSI d’Amiens',
    basins: ['amienois'],
    lieux: [
      lieu('MDSI d’Amiens Nord', 'amiens', '30 avenue de la Paix'),
      lieu('MDSI d’Amiens Sud', 'amiens', '4 rue Simone-Signoret', 'full'),
      lieu('Antenne de Doullens', 'doullens', '7 rue d’Arras'),
      lieu('Antenne de Corbie', 'corbie', '25 rue Faidherbe'),
    ],
  },
  {
    key: 'mdsi-abbeville',
    departmentNumber: '80',
    kind: 'mds',
    name: 'MDSI d’Abbeville',
    basins: ['picardieMaritime'],
    lieux: [
      lieu('MDSI d’Abbeville', 'abbeville', '52 rue Saint-Gilles'),
      lieu('Antenne de Friville-Escarbotin', 'friville', '12 rue Henri-Barbusse'),
      lieu('Permanence de Rue', 'rue', '3 avenue des Frères-Caudron', 'new'),
    ],
  },
  {
    key: 'mdsi-peronne',
    departmentNumber: '80',
    kind: 'mds',
    name: 'MDSI de Péronne',
    basins: ['santerre'],
    lieux: [
      lieu('MDSI de Péronne', 'peronne', '15 avenue de la République'),
      lieu('Antenne d’Albert', 'albert', '64 rue de Birmingham'),
      lieu('Permanence de Montdidier', 'montdidier', '10 rue Jean-Doublet'),
    ],
  },
  {
    key: 'pmi-amiens',
    departmentNumber: '80',
    kind: 'pmi',
    name: 'Centre PMI d’Amiens',
    basins: ['amienois', 'santerre'],
    lieux: [
      lieu('Centre PMI d’Amiens Étouvie', 'amiens', '1 avenue du Languedoc'),
      lieu('Consultation PMI de Longueau', 'longueau', '22 avenue Henri-Barbusse'),
    ],
  },
  {
    key: 'cpef-amiens',
    departmentNumber: '80',
    kind: 'cpef',
    name: 'CPEF d’Amiens',
    basins: ['amienois', 'picardieMaritime', 'santerre'],
    lieux: [lieu('CPEF d’Amiens', 'amiens', '39 rue de la Vallée')],
  },
  {
    key: 'mdph-80',
    departmentNumber: '80',
    kind: 'mdph',
    name: 'MDPH de la Somme',
    basins: ['amienois', 'picardieMaritime', 'santerre'],
    lieux: [
      lieu('MDPH de la Somme', 'amiens', '1 boulevard du Port'),
      lieu('MDPH – permanence d’Abbeville', 'abbeville', '52 rue Saint-Gilles'),
    ],
  },
  {
    key: 'mds-saint-denis',
    departmentNumber: '974',
    kind: 'mds',
    name: 'MDS de Saint-Denis',
    basins: ['nord'],
    lieux: [
      lieu('MDS de Saint-Denis Centre', 'saintDenis', '26 rue Juliette-Dodu'),
      lieu('MDS de Sainte-Marie', 'sainteMarie', '8 rue de la République'),
      lieu('MDS de Saint-André', 'saintAndre', '97 avenue de Bourbon'),
    ],
  },
  {
    key: 'mds-saint-pierre',
    departmentNumber: '974',
    kind: 'mds',
    name: 'MDS de Saint-Pierre',
    basins: ['sud'],
    lieux: [
      lieu('MDS de Saint-Pierre', 'saintPierre', '12 rue Archambaud'),
      lieu('MDS du Tampon', 'leTampon', '45 rue Hubert-Delisle'),
      lieu('MDS de Saint-Louis', 'saintLouis', '18 avenue du Docteur-Raymond-Vergès', 'full'),
    ],
  },
  {
    key: 'mds-saint-paul',
    departmentNumber: '974',
    kind: 'mds',
    name: 'MDS de Saint-Paul',
    basins: ['ouest'],
    lieux: [
      lieu('MDS de Saint-Paul', 'saintPaul', '30 rue de la Caverne'),
      lieu('Permanence de Saint-Leu', 'saintLeu', '5 rue du Général-Lambert', 'new'),
    ],
  },
  {
    key: 'pmi-le-port',
    departmentNumber: '974',
    kind: 'pmi',
    name: 'Centre PMI du Port',
    basins: ['ouest', 'nord', 'sud'],
    lieux: [
      lieu('Centre PMI du Port', 'lePort', '17 rue de Nice'),
      lieu('Consultation PMI de La Possession', 'laPossession', '2 rue Waldeck-Rochet'),
    ],
  },
  {
    key: 'cpef-saint-denis',
    departmentNumber: '974',
    kind: 'cpef',
    name: 'CPEF de Saint-Denis',
    basins: ['nord', 'ouest', 'sud'],
    lieux: [
      lieu('CPEF de Saint-Denis', 'saintDenis', '61 rue Jean-Chatel'),
      lieu('CPEF de Saint-Pierre', 'saintPierre', '9 rue Luc-Lorion'),
    ],
  },
  {
    key: 'mdph-974',
    departmentNumber: '974',
    kind: 'mdph',
    name: 'MDPH de La Réunion',
    basins: ['nord', 'ouest', 'sud'],
    lieux: [
      lieu('MDPH – siège de Saint-Denis', 'saintDenis', '13 rue Fénelon'),
      lieu('MDPH – antenne de Saint-Pierre', 'saintPierre', '1 rue Caumont'),
    ],
  },
]
