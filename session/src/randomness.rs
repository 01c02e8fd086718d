//! A test of randomness, for the tests of secrets, nonces and keys.

/// Fails unless these values look random in every byte, every bit and every two bytes together.
///
/// Random values fail it too, in less than one of 10¹¹ runs: each look at a bit with a chance of
/// 10⁻¹⁵, each chi-square with 10⁻¹⁷, and two of ten thousand values of 63 bits, the shortest there
/// are, are equal with 5 · 10⁻¹².
pub(crate) fn assert_random<const N: usize>(values: &[[u8; N]]) {
    let total = values.len() as f64;
    assert!(values.len() >= 10_000, "too few values to judge");
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    assert!(
        sorted.windows(2).all(|two| two[0] != two[1]),
        "a value came twice"
    );
    for place in 0..N {
        check_byte(&counts(values, |value| value[place]), total, place);
        for other in 0..place {
            // Catches a byte that is copied from another one, or made from it by flipping bits.
            let mixed = counts(values, |value| value[place] ^ value[other]);
            check_evenness(
                &mixed,
                total,
                &format!("bytes {other} and {place} together"),
            );
        }
        // Catches a counter, and a value that depends on the one before.
        let mut last = 0;
        let steps = counts(values, |value| {
            value[place].wrapping_sub(std::mem::replace(&mut last, value[place]))
        });
        check_evenness(&steps, total, &format!("byte {place} and the one before"));
    }
}

fn counts<T>(values: &[T], mut byte: impl FnMut(&T) -> u8) -> [u32; 256] {
    let mut counts = [0; 256];
    for value in values {
        counts[usize::from(byte(value))] += 1;
    }
    counts
}

fn check_byte(counts: &[u32; 256], total: f64, place: usize) {
    check_evenness(counts, total, &format!("byte {place}"));
    for bit in 0..8 {
        let ones = (0..256).filter(|byte| byte >> bit & 1 == 1);
        let ones: u32 = ones.map(|byte| counts[byte]).sum();
        // Eight times the standard deviation, which is half the root.
        let off = (f64::from(ones) - total / 2.0).abs();
        assert!(
            off < 4.0 * total.sqrt(),
            "byte {place}, bit {bit}: {ones} ones"
        );
    }
}

/// Pearson's chi-square of 256 values that are equally likely. It has a mean of 255 and a standard
/// deviation of 22.6; these bounds are seven deviations below and eleven above. A constant byte has
/// 2,550,000, and one that counts evenly has 0.
fn check_evenness(counts: &[u32; 256], total: f64, subject: &str) {
    let expected = total / 256.0;
    let parts = counts
        .iter()
        .map(|count| (f64::from(*count) - expected).powi(2) / expected);
    let square: f64 = parts.sum();
    assert!(
        (100.0..500.0).contains(&square),
        "{subject}: chi-square is {square:.0}"
    );
    let different = counts.iter().filter(|count| **count > 0).count();
    assert!(
        different >= 250,
        "{subject}: only {different} different values"
    );
}

#[test]
fn values_that_only_look_random_are_found() {
    let drawn = || crate::id::random::<32>().unwrap();
    let fails = |broken: fn(usize, [u8; 32]) -> [u8; 32]| {
        let values: Vec<_> = (0..10_000).map(|index| broken(index, drawn())).collect();
        std::panic::catch_unwind(|| assert_random(&values)).is_err()
    };
    assert!(!fails(|_, value| value));
    assert!(fails(|_, value| std::array::from_fn(
        |place| if place < 2 { value[place] } else { 7 }
    )));
    assert!(fails(|_, value| std::array::from_fn(
        |place| value[place % 16]
    )));
    assert!(fails(|_, value| std::array::from_fn(|place| value
        [place % 2]
        ^ place as u8)));
    assert!(fails(|index, mut value| {
        value[31] = index as u8;
        value
    }));
    assert!(fails(|_, mut value| {
        value[5] &= 0x7f;
        value
    }));
}
