/** Usual sea lanes as a small net: a leg by sea is drawn along it, so that no ship sails over land. A drawing, not a track. */
import { geoDistance } from "d3-geo";

export type Point = [number, number];

const NODES: Record<string, Point> = {
  gibraltar: [-5.7, 35.95], alboran: [-2, 36.3], algiers: [5, 37.8], bizerte: [10, 38], tunis: [11.1, 37.3], malta: [13.5, 35.6], gabes: [11.6, 34.3], tripoli: [13.2, 33.4], sirte: [18.5, 32.2], ionian: [18.5, 36], crete: [24, 34.3],
  egypt: [30.5, 32.1], portsaid: [32.4, 31.6], suez: [32.6, 29.6], redsea1: [35.2, 26.5], redsea2: [38.5, 20], redsea3: [41.9, 14.6], bab: [43.3, 12.6], aden: [48, 12.6], guardafui: [52, 12.6],
  levant: [34.6, 34], barcelona: [2.6, 40.9], marseille: [5, 42.8], genoa: [8.9, 43.9], tyrrhenian: [11.5, 40.2], sardinia: [7, 39.3], messina: [15.3, 38.6], messina2: [15.8, 37.5], otranto: [18.9, 40.1], adriatic: [15.2, 43.2], trieste: [13.2, 45.2],
  aegean: [25, 37.6], dardanelles: [25.9, 40], marmara: [28, 40.75], bosphorus: [29.2, 41.4], odesa: [31, 45.4], poti: [40.5, 42.2], novorossiysk: [37.5, 44.3],
  lisbon: [-10, 38.5], finisterre: [-10, 43.6], ushant: [-6, 48.9], dover: [1.4, 51], rotterdam: [3.4, 52.1], bight: [7.6, 54.3], skagen: [10.8, 57.9], kattegat: [11.5, 56.9], sound: [12.7, 55.7], gotland: [18, 56], finland: [24.5, 59.7], bergen: [4, 60.5], ireland: [-11, 51.2],
  casablanca: [-8.5, 34], canaries: [-12.2, 29.4], dakar: [-18.3, 14.8], liberia: [-10, 4.2], abidjan: [-4, 4.2], lagos: [3.2, 4.8], bonny: [7, 3.4], libreville: [8.6, 0.3], luanda: [12, -8.8], walvis: [13.5, -23], cape: [17.4, -34.6], agulhas: [21, -36], durban: [31.8, -30.4], maputo: [35.5, -25.5], mozambique: [41.5, -16], zanzibar: [40.6, -6.5], mombasa: [41, -4], mogadishu: [46.5, 1.5], madagascar: [51, -18], mauritius: [58, -20],
  socotra: [60, 13.5], salalah: [56, 17], masirah: [60, 21.5], oman: [59.8, 25], hormuz: [56.5, 26.5], gulf: [52.2, 26.3], shatt: [49.6, 29.2], karachi: [66.5, 24.2], mumbai: [71.8, 18.7], cochin: [75.2, 9.5], dondra: [80.6, 5.4], chennai: [81.2, 13], vizag: [84.5, 17], chittagong: [91, 21], yangon: [95.5, 15.2], aceh: [94.8, 6.2],
  malacca1: [98.5, 5], malacca2: [101, 2.6], singapore: [104, 1.2], anambas: [106.5, 4.5], bangkok: [101.2, 11], vietnam: [110, 11.5], hainan: [112, 17], hongkong: [114.5, 21.8], taiwan: [119.2, 24], shanghai: [123, 30.8], yellow: [123, 36], bohai: [120.3, 38.4], busan: [129.4, 34.6], kyushu: [131.2, 30.6], tokyo: [140.2, 34.6], hokkaido: [146, 41.5], vladivostok: [132, 42.4], manila: [119.8, 14.3], luzon: [121, 20.2], sulu: [119.5, 8], makassar: [118.6, -2], lombok: [115.7, -9.4], java: [110.5, -5.3], sunda: [105.2, -6.6], palau: [130, 10], darwin: [130.5, -11], torres: [141.8, -10.6], coral: [148, -13.5], brisbane: [154, -27], sydney: [152, -34], melbourne: [144.5, -39.2], adelaide: [136, -37], leeuwin: [114.2, -34.6], fremantle: [114.8, -31.5], tasman: [165, -35], auckland: [175.2, -35.8], fiji: [178, -18.8],
  newyork: [-72.8, 40], halifax: [-62, 43.8], montreal: [-60, 48], grandbanks: [-48, 42], azores: [-28, 38.5], midatlantic: [-50, 29.5], chesapeake: [-74.5, 36.6], savannah: [-79.5, 31.5], florida: [-79.6, 26.5], straits: [-82, 24], yucatan: [-85.8, 22], gulfmex: [-90, 27], houston: [-94.5, 29], veracruz: [-95.8, 19.6], bahamas: [-73, 26], windward: [-74.1, 20], mona: [-67.8, 18.4], jamaica: [-76.5, 16], colon: [-79.9, 9.6], cartagena: [-76, 11], curacao: [-69, 13], trinidad: [-60.5, 11.6], guyana: [-52, 6.8], amazon: [-47, 1.5], natal: [-34.4, -5.5], salvador: [-37.5, -13.5], rio: [-42, -23.6], santos: [-46, -24.6], plata: [-55, -36], patagonia: [-63, -47], horn: [-66.5, -56.3],
  balboa: [-79.5, 8.5], azuero: [-80, 6.8], buenaventura: [-78.6, 3.9], guayaquil: [-81.5, -3], callao: [-78.4, -12], arica: [-72, -19], valparaiso: [-72.6, -33], chiloe: [-76.3, -44], chilesouth: [-77, -52], nicaragua: [-88, 11.6], acapulco: [-100, 15.8], manzanillo: [-106, 18.6], baja: [-112.5, 23.5], losangeles: [-118.8, 33.2], seattle: [-125.5, 48.2], hawaii: [-157.8, 22.5], aleutian1: [-160, 50], aleutian2: [175, 49], northpacific: [-140, 40],
};

const LANES = [
  "finisterre lisbon gibraltar alboran algiers bizerte tunis malta ionian crete egypt portsaid suez redsea1 redsea2 redsea3 bab aden guardafui socotra mumbai cochin dondra aceh malacca1 malacca2 singapore anambas vietnam hainan hongkong taiwan shanghai yellow bohai",
  "tunis gabes tripoli sirte egypt", "malta tripoli", "algiers barcelona marseille genoa tyrrhenian messina messina2 ionian", "alboran barcelona", "algiers sardinia marseille", "sardinia bizerte tyrrhenian", "sardinia genoa", "ionian otranto adriatic trieste", "ionian aegean dardanelles marmara bosphorus odesa novorossiysk poti", "bosphorus poti", "crete aegean", "crete levant portsaid", "levant egypt", "messina2 malta",
  "finisterre ushant dover rotterdam bight skagen kattegat sound gotland finland", "ushant ireland grandbanks", "bergen bight", "bergen skagen",
  "gibraltar casablanca canaries dakar liberia abidjan lagos bonny libreville luanda walvis cape agulhas durban maputo mozambique zanzibar mombasa mogadishu guardafui", "liberia cape", "natal dakar", "natal cape", "natal liberia", "agulhas madagascar mauritius dondra", "mauritius sunda", "durban madagascar", "mombasa dondra", "mogadishu aden",
  "guardafui salalah masirah oman hormuz gulf shatt", "aden salalah", "oman karachi mumbai", "dondra chennai vizag chittagong yangon malacca1", "vizag aceh", "dondra sunda java lombok", "anambas bangkok", "anambas java makassar sulu manila luzon taiwan", "makassar lombok darwin torres coral brisbane sydney melbourne adelaide leeuwin fremantle lombok", "hongkong luzon kyushu tokyo hokkaido aleutian2 aleutian1 seattle", "hainan manila", "shanghai busan vladivostok", "busan yellow", "shanghai kyushu", "busan kyushu", "luzon palau makassar", "palau coral", "fremantle sunda", "sydney tasman auckland fiji hawaii losangeles", "brisbane fiji", "tokyo northpacific losangeles", "northpacific seattle losangeles baja manzanillo acapulco nicaragua azuero balboa colon", "hawaii tokyo", "leeuwin mauritius",
  "gibraltar midatlantic mona jamaica colon", "midatlantic windward jamaica", "gibraltar azores newyork chesapeake savannah florida straits yucatan veracruz", "azores grandbanks halifax newyork", "grandbanks ushant", "grandbanks finisterre", "halifax montreal", "straits gulfmex houston veracruz", "yucatan gulfmex", "yucatan jamaica", "florida bahamas midatlantic", "bahamas windward", "newyork bahamas", "azores midatlantic", "finisterre azores", "lisbon casablanca", "colon cartagena curacao trinidad guyana amazon natal salvador rio santos plata patagonia horn chilesouth chiloe valparaiso arica callao guayaquil buenaventura azuero", "curacao mona", "trinidad midatlantic", "trinidad canaries", "guayaquil azuero", "natal canaries", "plata cape", "horn auckland", "callao hawaii", "azuero hawaii",
];

const net = new Map<string, Map<string, number>>();
for (const lane of LANES) {
  const names = lane.split(" ");
  names.slice(1).forEach((name, index) => {
    const before = names[index] ?? name;
    const length = geoDistance(NODES[before] ?? [0, 0], NODES[name] ?? [0, 0]);
    connect(before, name, length);
    connect(name, before, length);
  });
}

function connect(from: string, to: string, length: number): void {
  const ways = net.get(from) ?? new Map<string, number>();
  ways.set(to, length);
  net.set(from, ways);
}

function nearest(point: Point, count: number): { name: string; length: number }[] {
  return Object.entries(NODES)
    .map(([name, at]) => ({ name, length: geoDistance(point, at) }))
    .sort((first, second) => first.length - second.length)
    .slice(0, count);
}

/** Find the shortest way along the lanes; the points between the two ends. */
export function findSeaWay(from: Point, to: Point): Point[] {
  const direct = geoDistance(from, to);
  const starts = nearest(from, 2);
  const ends = new Map(nearest(to, 2).map(({ name, length }) => [name, length]));
  const lengths = new Map<string, number>();
  const before = new Map<string, string>();
  const open = new Set<string>();
  starts.forEach(({ name, length }, index) => {
    lengths.set(name, length * (index ? 1.6 : 1));
    open.add(name);
  });
  const done = new Set<string>();
  while (open.size) {
    const name = [...open].reduce((best, one) => ((lengths.get(one) ?? Infinity) < (lengths.get(best) ?? Infinity) ? one : best));
    open.delete(name);
    done.add(name);
    for (const [next, length] of net.get(name) ?? []) {
      const total = (lengths.get(name) ?? 0) + length;
      if (done.has(next) || total >= (lengths.get(next) ?? Infinity)) continue;
      lengths.set(next, total);
      before.set(next, name);
      open.add(next);
    }
  }
  const best = [...ends].map(([name, length]) => ({ name, total: (lengths.get(name) ?? Infinity) + length })).sort((a, b) => a.total - b.total)[0];
  if (!best || !Number.isFinite(best.total)) return [];
  const way: Point[] = [];
  for (let name: string | undefined = best.name; name; name = before.get(name)) way.unshift(NODES[name] ?? [0, 0]);
  return way.filter((point) => geoDistance(point, from) > 0.012 && geoDistance(point, to) > 0.012 && geoDistance(from, point) + geoDistance(point, to) < direct * 6 + 1);
}
