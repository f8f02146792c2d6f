/** The states and bodies that a zone names, as the server knows them: ISO 3166-1 alpha-3 before alpha-2, and what ICAO added. */
const ISO =
  "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD " +
  "BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM " +
  "CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH " +
  "ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL " +
  "GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO " +
  "JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA " +
  "MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC " +
  "NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY " +
  "PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST " +
  "SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ " +
  "UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW";
const COUNTRIES = new Map(ISO.split(" ").map((pair) => [pair.slice(0, 3), pair.slice(3)]));

export const FURTHER_STATES: Record<string, [string, string]> = {
  D: ["DE", "citizen"],
  GBD: ["GB", "overseas_territories_citizen"],
  GBN: ["GB", "national_overseas"],
  GBO: ["GB", "overseas_citizen"],
  GBP: ["GB", "protected_person"],
  GBS: ["GB", "subject"],
  RKS: ["", "kosovo"],
  UNK: ["", "kosovo"],
  EUE: ["", "european_union"],
  UNO: ["", "united_nations"],
  UNA: ["", "united_nations"],
  IAO: ["", "icao"],
  XAA: ["", "stateless"],
  XXA: ["", "stateless"],
  XXB: ["", "refugee"],
  XXC: ["", "refugee_other"],
  XXX: ["", "unspecified"],
  XBA: ["", "african_development_bank"],
  XIM: ["", "african_export_import_bank"],
  XCC: ["", "caribbean_community"],
  XCE: ["", "council_of_europe"],
  XCO: ["", "comesa"],
  XCT: ["CY", "turkish_cypriot"],
  XEC: ["", "ecowas"],
  XES: ["", "oecs"],
  XMP: ["", "mediterranean_assembly"],
  XOM: ["", "order_of_malta"],
  XPO: ["", "interpol"],
  XDC: ["", "sadc"],
  UTO: ["", "specimen"],
};

export function countryOf(code: string): string {
  return COUNTRIES.get(code) ?? "";
}
