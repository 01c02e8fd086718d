//! Changes of seeds, by a generator that begins with the same number at every run.

/// Bytes at which programs that read text take another way.
const TELLING: &[u8] = b"\0\t\n\r \"%'+,-./:;=?@[\\]_{|}~\x7f\x80\xc3\xff09AZaz";

pub struct Mutations {
    seeds: Vec<Vec<u8>>,
    state: u64,
}

impl Mutations {
    pub fn of(seeds: Vec<Vec<u8>>) -> Self {
        Mutations { seeds, state: 1 }
    }

    /// A number below `limit`, by Vigna's SplitMix64.
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) as usize % limit.max(1)
    }

    fn seed(&mut self) -> Vec<u8> {
        let index = self.below(self.seeds.len());
        self.seeds[index].clone()
    }

    fn byte(&mut self) -> u8 {
        if self.below(4) == 0 {
            return self.below(256) as u8;
        }
        TELLING[self.below(TELLING.len())]
    }

    /// A range of at most twelve bytes.
    fn range(&mut self, bytes: &[u8]) -> std::ops::Range<usize> {
        let start = self.below(bytes.len());
        start..bytes.len().min(start + 1 + self.below(12))
    }

    fn change(&mut self, bytes: &mut Vec<u8>) {
        let place = self.below(bytes.len());
        let range = self.range(bytes);
        match self.below(6) {
            0 if !bytes.is_empty() => bytes[place] = self.byte(),
            1 => drop(bytes.drain(range)),
            2 => bytes.extend_from_within(range),
            3 => {
                let part = bytes[range].to_vec();
                bytes.splice(place..place, part);
            }
            4 => {
                let other = self.seed();
                let from = self.below(other.len());
                bytes.truncate(place);
                bytes.extend(&other[from..]);
            }
            _ => bytes.insert(place, self.byte()),
        }
    }
}

impl Iterator for Mutations {
    type Item = Vec<u8>;

    fn next(&mut self) -> Option<Vec<u8>> {
        let mut bytes = self.seed();
        for _ in 0..=self.below(4) {
            self.change(&mut bytes);
        }
        Some(bytes)
    }
}
