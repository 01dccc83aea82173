"""What two sequences of words share, in time that grows with their length and not with its cube.

`difflib` looks at every pair of equal words for every stretch that it finds: eight hundred words that
were written anew took it twenty seconds, and publishing waits for it. So only short stretches are left to
it; longer ones are parted first at the words that stand in both just once.
"""

from __future__ import annotations

import difflib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

Block = tuple[int, int, int]
Opcode = tuple[str, int, int, int, int]
# The most pairs of words that are compared one by one.
PAIRS = 10_000
DEPTH = 12
# Rows of so many words are looked for, one after the other: where every word comes back, eight in a row
# don't.
ROWS = (1, 8)


def opcodes(a: Sequence[str], b: Sequence[str]) -> list[Opcode]:
    """How `a` becomes `b`: `equal`, `replace`, `delete` and `insert`, as `difflib` gives them."""
    found: list[Opcode] = []
    at_a = at_b = 0
    for start_a, start_b, length in [*_joined(_shared(a, b, 0, len(a), 0, len(b), 0)), (len(a), len(b), 0)]:
        if at_a < start_a or at_b < start_b:
            name = (
                "replace" if at_a < start_a and at_b < start_b else "delete" if at_a < start_a else "insert"
            )
            found.append((name, at_a, start_a, at_b, start_b))
        if length:
            found.append(("equal", start_a, start_a + length, start_b, start_b + length))
        at_a, at_b = start_a + length, start_b + length
    return found


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks that touch on both sides, as one."""
    last: Block | None = None
    for block in blocks:
        if last is not None and (last[0] + last[2], last[1] + last[2]) == block[:2]:
            last = (last[0], last[1], last[2] + block[2])
            continue
        if last is not None:
            yield last
        last = block
    if last is not None:
        yield last


def _shared(
    a: Sequence[str], b: Sequence[str], a1: int, a2: int, b1: int, b2: int, depth: int
) -> Iterator[Block]:
    head = 0
    while a1 + head < a2 and b1 + head < b2 and a[a1 + head] == b[b1 + head]:
        head += 1
    tail = 0
    while a1 + head < a2 - tail and b1 + head < b2 - tail and a[a2 - tail - 1] == b[b2 - tail - 1]:
        tail += 1
    if head:
        yield (a1, b1, head)
    a1, b1, a2, b2 = a1 + head, b1 + head, a2 - tail, b2 - tail
    if (a2 - a1) * (b2 - b1) <= PAIRS:
        matcher = difflib.SequenceMatcher(None, a[a1:a2], b[b1:b2], autojunk=False)
        for start_a, start_b, length in matcher.get_matching_blocks():
            if length:
                yield (a1 + start_a, b1 + start_b, length)
    elif depth < DEPTH:
        yield from _between_anchors(a, b, a1, a2, b1, b2, depth)
    if tail:
        yield (a2, b2, tail)


def _between_anchors(
    a: Sequence[str], b: Sequence[str], a1: int, a2: int, b1: int, b2: int, depth: int
) -> Iterator[Block]:
    tried = (_anchors(_rows(a, a1, a2, length), _rows(b, b1, b2, length)) for length in ROWS)
    anchors = next((found for found in tried if found), [])
    if not anchors:
        return
    anchors = [(a1 + here, b1 + there) for here, there in anchors]
    at_a, at_b = a1, b1
    for here, there in anchors:
        yield from _shared(a, b, at_a, here, at_b, there, depth + 1)
        yield (here, there, 1)
        at_a, at_b = here + 1, there + 1
    yield from _shared(a, b, at_a, a2, at_b, b2, depth + 1)


def _rows(words: Sequence[str], start: int, end: int, length: int) -> list[tuple[str, ...]]:
    """Every `length` words that follow each other between two places."""
    return [tuple(words[n : n + length]) for n in range(start, end - length + 1)]


def _anchors(a: list[tuple[str, ...]], b: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where rows of words stand that both sides have just once: the most of them in the same order."""
    times_a, times_b = Counter(a), Counter(b)
    place = {row: n for n, row in enumerate(b) if times_b[row] == 1}
    pairs = [(n, place[row]) for n, row in enumerate(a) if times_a[row] == 1 and row in place]
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for number, (_here, there) in enumerate(pairs):
        rank = bisect_left(ends, there)
        before.append(last[rank - 1] if rank else None)
        ends[rank : rank + 1] = [there]
        last[rank : rank + 1] = [number]
    chosen: list[tuple[int, int]] = []
    step = last[-1] if last else None
    while step is not None:
        chosen.append(pairs[step])
        step = before[step]
    return chosen[::-1]
