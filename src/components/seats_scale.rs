//! The slider's scale: fine where teams are small, coarse where they are large.

use onedesk_pricing::Seats;

/// The step of each stretch of the scale, up to and including its end.
const STRETCHES: [(u32, u32); 5] = [(20, 1), (50, 5), (100, 10), (250, 25), (500, 50)];

/// The stops of a slider from `least` to `most` licences, ascending, never empty. Beyond 500 people type.
pub fn stops(least: Seats, most: Seats) -> Vec<u32> {
    let (least, most) = (least.get(), most.get());
    let mut stops = vec![least];
    let mut from = 0;
    for (end, step) in STRETCHES {
        let mut stop = from + step;
        while stop <= end {
            if stop > least && stop <= most {
                stops.push(stop);
            }
            stop += step;
        }
        from = end;
    }
    if most > least && most < from && stops.last() != Some(&most) {
        stops.push(most);
    }
    stops
}

/// The place of the last stop that does not lie above so many licences.
pub fn place(stops: &[u32], seats: u32) -> usize {
    stops.iter().rposition(|stop| *stop <= seats).unwrap_or(0)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use super::*;

    fn seats(count: u32) -> Seats {
        Seats::new(count).unwrap()
    }

    #[test]
    fn stops_ascend_and_keep_within_bounds() {
        for (least, most) in [
            (1, 1),
            (1, 7),
            (1, 500),
            (1, 1_000_000),
            (30, 60),
            (40, 10),
            (1000, 2000),
            (499, 501),
        ] {
            let stops = stops(seats(least), seats(most));
            assert_eq!(stops.first(), Some(&least));
            assert!(stops.is_sorted_by(|a, b| a < b), "{stops:?}");
            assert!(stops.iter().all(|stop| *stop <= most.max(least)), "{stops:?}");
        }
    }

    #[test]
    fn every_stop_is_its_own_place() {
        let stops = stops(seats(1), seats(500));
        for (index, stop) in stops.iter().enumerate() {
            assert_eq!(place(&stops, *stop), index);
        }
        assert_eq!(place(&stops, 0), 0);
        assert_eq!(place(&stops, 23), place(&stops, 20));
        assert_eq!(place(&stops, 1_000_000), stops.len() - 1);
    }
}
