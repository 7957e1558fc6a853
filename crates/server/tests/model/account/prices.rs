//! What a licence costs, by the catalogs that the worlds sell from.

/// The plans, from the lowest to the highest.
pub const PLANS: [&str; 3] = ["standard", "premium", "enterprise"];
/// What is paid in.
pub const CURRENCIES: [&str; 3] = ["USD", "EUR", "JPY"];

/// Which catalog is sold from: the sample catalog, or one whose prices have fallen so far that the highest plan costs less than
/// the lowest did. Whoever raises the plan then gets back more than is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    Sample,
    Sale,
}

impl Edition {
    pub const ALL: [Self; 2] = [Self::Sample, Self::Sale];

    pub const fn other(self) -> Self {
        match self {
            Self::Sample => Self::Sale,
            Self::Sale => Self::Sample,
        }
    }

    /// A licence a month, billed monthly and annually, in minor units: by plan and currency.
    pub const fn prices(self) -> [[(i64, i64); 3]; 3] {
        match self {
            Self::Sample => [
                [(1_399, 1_199), (1_299, 1_099), (2_000, 1_700)],
                [(1_999, 1_699), (1_849, 1_549), (2_900, 2_400)],
                [(2_999, 2_499), (2_749, 2_299), (4_400, 3_600)],
            ],
            Self::Sale => [
                [(849, 699), (799, 649), (1_200, 990)],
                [(999, 829), (949, 779), (1_500, 1_250)],
                [(1_149, 949), (1_099, 919), (1_690, 1_390)],
            ],
        }
    }

    pub const fn price(self, plan: usize, currency: usize, annual: bool) -> i64 {
        let (monthly, yearly) = self.prices()[plan][currency];
        if annual { yearly } else { monthly }
    }
}

/// An amount as people write it, such as `12.90`.
pub fn decimal(currency: usize, minor: i64) -> String {
    if CURRENCIES[currency] == "JPY" {
        return minor.to_string();
    }
    format!("{}.{:02}", minor / 100, minor % 100)
}
