//! VAT numbers of every country.

/// Numbers by country: of companies, as their imprints and invoices tell them, and examples of the forms that are rarer,
/// which persons have. `true`: the check guarantees that no single wrong digit is overlooked.
pub const PUBLISHED: &[(&str, &[&str], bool)] = &[
    ("AT", &["ATU13585627", "ATU14189108", "ATU14715405"], true),
    ("BE", &["BE0403170701", "BE0403019261", "BE0411905847"], true),
    // Falls back to other weights; persons' numbers have three checks to choose from.
    (
        "BG",
        &[
            "BG175074752",
            "BG121759222",
            "BG831902088",
            "BG7523169263",
            "BG8032056031",
            "BG7111042925",
        ],
        false,
    ),
    ("CY", &["CY10259033P", "CY10111176Z"], true),
    // Two remainders share the check digit 1.
    (
        "CZ",
        &[
            "CZ25123891",
            "CZ45274649",
            "CZ00177041",
            "CZ640903926",
            "CZ395601439",
            "CZ7103192745",
        ],
        false,
    ),
    (
        "DE",
        &[
            "DE136695976",
            "DE129274202",
            "DE129273398",
            "DE143454214",
            "DE115235681",
            "DE811569869",
        ],
        true,
    ),
    ("DK", &["DK13585628", "DK24256790", "DK22756214"], true),
    ("EE", &["EE100931558", "EE100594102", "EE102090374"], true),
    // Two remainders share the check digit 0.
    ("GR", &["EL094259216", "EL094019245", "EL040127797"], false),
    (
        "ES",
        &[
            "ESA28015865",
            "ESA82018474",
            "ESA15075062",
            "ESB58378431",
            "ES54362315K",
            "ESX2482300W",
            "ESX5253868R",
            "ESJ99216582",
            "ESM1234567L",
        ],
        true,
    ),
    ("FI", &["FI20774740", "FI01120389"], true),
    (
        "FR",
        &["FR40303265045", "FR83404833048", "FR10632012100", "FR59542051180"],
        true,
    ),
    // Keys with a letter are checked by 11, though there are more of them.
    ("FR", &["FRK7399859412", "FR4Z123456782"], false),
    ("HR", &["HR33392005961", "HR27759560625"], true),
    ("HU", &["HU12892312", "HU10625790"], true),
    (
        "IE",
        &[
            "IE6433435F",
            "IE6388047V",
            "IE4749148U",
            "IE3628739L",
            "IE8D79739I",
            "IE8Z49289F",
            "IE1234567FA",
            "IE5343381W",
            "IE3333510LH",
        ],
        true,
    ),
    ("IT", &["IT00743110157", "IT00905811006", "IT15844561009"], true),
    // Falls back to other weights.
    ("LT", &["LT119511515", "LT100001919017", "LT100004801610"], false),
    (
        "LU",
        &["LU15027442", "LU20260743", "LU20981643", "LU26375245"],
        true,
    ),
    // A first digit of 0 to 3 makes it a person's number, which is not checked.
    (
        "LV",
        &["LV40003521600", "LV40003245752", "LV40003009497", "LV16117519997"],
        false,
    ),
    ("MT", &["MT11679112", "MT15121333"], true),
    // Companies' and sole traders' numbers look alike, so that one of two checks has to fit.
    (
        "NL",
        &[
            "NL004495445B01",
            "NL002230884B01",
            "NL002065538B01",
            "NL123456789B13",
            "NL000099998B57",
        ],
        false,
    ),
    ("PL", &["PL8567346215", "PL7740001454", "PL5260001246"], true),
    // Two remainders share the check digit 0.
    ("PT", &["PT501964843", "PT504499777", "PT500697256"], false),
    // Two remainders share the check digit 0.
    ("RO", &["RO18547290", "RO1590082", "RO361757"], false),
    // The last two digits count a company's parts, and are not checked.
    (
        "SE",
        &[
            "SE556188840401",
            "SE556016068001",
            "SE556703748501",
            "SE556012579001",
        ],
        false,
    ),
    ("SI", &["SI50223054", "SI82646716", "SI15012557"], true),
    ("SK", &["SK2022749619", "SK2020372640", "SK2021853504"], true),
    // Two remainders are right, and branches and departments are not checked.
    (
        "GB",
        &[
            "GB980780684",
            "GB220430231",
            "GB232128892",
            "GB727255821",
            "GBGD001",
            "GBHA599",
        ],
        false,
    ),
    (
        "CH",
        &[
            "CHE116281710MWST",
            "CHE107787577MWST",
            "CHE105909036MWST",
            "CHE116268023MWST",
        ],
        true,
    ),
    (
        "NO",
        &[
            "NO995525828MVA",
            "NO923609016MVA",
            "NO982463718MVA",
            "NO914778271MVA",
        ],
        true,
    ),
];
