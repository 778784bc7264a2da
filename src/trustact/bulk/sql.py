"""A plan as one SQL statement, the same for DuckDB and Spark: NULL is not known, and SQL's own logic does the rest.

The statement goes in steps. The first makes the facts clean and says which days of change a case has reached; each
step after it gives a column to the conditions that are needed more than once, under the law's own names for them;
the last one says the finding of each action and the rule that decides it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlglot import exp

from trustact.bulk.circuit import Among, Both, Circuit, Constant, Either, Opposite, Since, Surely
from trustact.bulk.columns import AT, ID, MOMENT, WITH_OFFSET, Inputs, Kind, spellings, word, words
from trustact.bulk.moments import beginning
from trustact.bulk.plan import Outcome, Plan
from trustact.facts import FactBook
from trustact.terms import Verdict

GIVEN = "given_cases"
ROWS = "rows"


def statement(to_do: Plan, inputs: Inputs) -> exp.Select:
    """The statement that decides the cases of the table `given_cases`: `id` if there is one, then the results."""
    kept = [_column(ID)] if inputs.id else []
    conditions = _Conditions(to_do)
    results = [column for outcome in to_do.outcomes for column in conditions.results(outcome)]
    steps = [exp.select("*", *_moments(inputs.at)).from_(GIVEN)] if inputs.at == "text" else []
    source = "step_0" if steps else GIVEN
    steps.append(exp.select(*kept, *_facts(to_do, inputs), *_turns(to_do, inputs.at)).from_(source))
    for columns in conditions.steps():
        steps.append(exp.select("*", *columns).from_(f"step_{len(steps) - 1}"))
    last = exp.select(*kept, *results).from_(f"step_{len(steps) - 1}")
    for number, step in enumerate(steps):
        last = last.with_(f"step_{number}", as_=step)
    return last


def flaw_counts(inputs: Inputs, book: FactBook) -> exp.Select:
    """The statement that counts in how many rows of `given_cases` each column is flawed that could be, and the rows."""
    counts = [
        exp.func("COUNT_IF", flawed).as_(name, quoted=True) for name, flawed in _flaws(inputs, book).items()
    ]
    return exp.select(*counts, exp.Count(this=exp.Star()).as_(ROWS)).from_(GIVEN)


def first_flawed(column: str, row: exp.Expr, inputs: Inputs, book: FactBook) -> exp.Select:
    """The statement that finds the first row of `given_cases` flawed in a column: its number, by `row`, and its value."""
    flawed = _flaws(inputs, book)[column]
    rows = exp.select(row.as_("row"), _column(column).as_("value"), flawed.as_("flawed")).from_(GIVEN)
    return exp.select("row", "value").from_(rows.subquery("rows")).where("flawed").order_by("row").limit(1)


def _flaws(inputs: Inputs, book: FactBook) -> dict[str, exp.Expr]:
    """Where each column is flawed that could be: `at` must not be null, and a word must be one of the fact's."""
    at = exp.and_(*(exp.Is(this=moment.unalias(), expression=exp.null()) for moment in _moments(inputs.at)))
    facts = [name for name, kind in inputs.facts.items() if kind == "text"]
    right = {name: _one_of(_text(name), words(book.domains[name])) for name in facts}
    return {
        AT: at,
        **{name: exp.func("COALESCE", known.not_(), exp.false()) for name, known in right.items()},
    }


def _column(name: str) -> exp.Column:
    return exp.column(name, quoted=True)


def _text(column: str) -> exp.Expr:
    return exp.cast(_column(column), "text")


def _one_of(column: exp.Expr, some: Iterable[str]) -> exp.Expr:
    """That a column is one of some words; spelled out, as DuckDB makes a join of a long IN, which loses the order."""
    return exp.paren(exp.or_(*(exp.EQ(this=column, expression=exp.Literal.string(each)) for each in some)))


def _facts(to_do: Plan, inputs: Inputs) -> Iterator[exp.Expr]:
    """The clean columns of the facts asked for; null for one without a column."""
    book = to_do.law.book
    for fact in dict.fromkeys(gate.fact for gate in to_do.circuit.gates if isinstance(gate, Among)):
        kind, two_valued = inputs.facts.get(fact, "nothing"), book.domains[fact] == (True, False)
        clean: exp.Expr = _column(fact)
        if kind == "nothing":
            clean = exp.cast(exp.null(), "boolean" if two_valued else "text")
        elif kind == "text":
            clean = _one_of(_text(fact), spellings(True)) if two_valued else _text(fact)
        if book.facts[fact].counts_when_attested:
            clean = exp.func("COALESCE", clean, exp.false())
        yield clean.as_(fact, quoted=True)


_TYPES: dict[Kind, str] = {"day": "date", "local moment": "timestampntz", "instant": "timestamptz"}


def _moments(at: Kind) -> list[exp.Expr]:
    """The column `at` as moments; where it is text, those with an offset and those without in a column each."""
    if at != "text":
        return [_column(AT)]
    text, written, offset = _text(AT), _matches(MOMENT), _matches(WITH_OFFSET)
    ways: list[tuple[Kind, exp.Expr]] = [
        ("instant", written.and_(offset)),
        ("local moment", written.and_(offset.not_())),
    ]
    return [
        exp.case()
        .when(where, exp.TryCast(this=text, to=exp.DataType.build(_TYPES[kind])))
        .as_(kind, quoted=True)
        for kind, where in ways
    ]


def _turns(to_do: Plan, at: Kind) -> Iterator[exp.Expr]:
    """For each day on which the law changes, whether a case lies on it or later."""
    columns: dict[Kind, str] = (
        {"instant": "instant", "local moment": "local moment"} if at == "text" else {at: AT}
    )
    for gate in to_do.circuit.gates:
        if isinstance(gate, Since):
            reached = (
                _reached(gate, kind, column, to_do.law.data.time_zone) for kind, column in columns.items()
            )
            yield exp.func("COALESCE", *reached).as_(_turn(gate), quoted=True)


def _reached(gate: Since, kind: Kind, column: str, zone: str) -> exp.Expr:
    begins = exp.cast(exp.Literal.string(str(beginning(gate.day, kind, zone))), _TYPES[kind])
    return exp.GTE(this=_column(column), expression=begins)


def _turn(gate: Since) -> str:
    return f"since {gate.day}"


def _matches(pattern: str) -> exp.Expr:
    return exp.RegexpLike(this=_text(AT), expression=exp.Literal.string(pattern))


class _Conditions:
    """The gates of a plan as SQL; one that is needed more than once becomes a column in a step of its own."""

    def __init__(self, to_do: Plan) -> None:
        self._circuit = to_do.circuit
        wanted = [gate for outcome in to_do.outcomes for gate in outcome.gates]
        uses = _uses(to_do.circuit, wanted)
        self._columns = {gate for gate, times in uses.items() if times > 1 and self._worth_a_column(gate)}
        self._needed = sorted(uses)

    def _worth_a_column(self, number: int) -> bool:
        match self._circuit.gates[number]:
            case Constant() | Since() | Among(_, (True,)) | Opposite():
                return False
            case _:
                return True

    def steps(self) -> list[list[exp.Expr]]:
        """The columns to be made, those first that need no other."""
        steps: list[list[exp.Expr]] = []
        levels: dict[int, int] = {}
        for number in self._needed:
            below = max((levels[gate] for gate in _read(self._circuit, number)), default=0)
            levels[number] = below + (number in self._columns)
            if number in self._columns:
                if below == len(steps):
                    steps.append([])
                steps[below].append(self._written(number).as_(self._name(number), quoted=True))
        return steps

    def results(self, outcome: Outcome) -> tuple[exp.Expr, exp.Expr]:
        """The columns of an outcome: the finding, and the rule that decides."""
        finding = exp.case().else_(exp.Literal.string(Verdict.UNDETERMINED.value))
        for verdict, gate in outcome.findings:
            finding = finding.when(self._condition(gate), exp.Literal.string(verdict.value))
        rule = exp.case()
        for rule_id, gate in outcome.rules:
            rule = rule.when(self._condition(gate), exp.Literal.string(rule_id))
        decides = rule if outcome.rules else exp.cast(exp.null(), "text")
        return finding.as_(outcome.action.value), decides.as_(outcome.rule_column)

    def _name(self, number: int) -> str:
        return f"{number} {self._circuit.names[number]}" if number in self._circuit.names else str(number)

    def _condition(self, number: int) -> exp.Expr:
        return _column(self._name(number)) if number in self._columns else self._written(number)

    def _written(self, number: int) -> exp.Expr:
        written: exp.Expr
        match self._circuit.gates[number]:
            case Constant(value):
                written = exp.convert(value)
            case Since() as gate:
                written = _column(_turn(gate))
            case Among(fact, values):
                written = _column(fact) if values == (True,) else _one_of(_column(fact), map(word, values))
            case Both(gates):
                written = exp.and_(*map(self._condition, gates))
            case Either(gates):
                written = exp.or_(*map(self._condition, gates))
            case Opposite(gate):
                written = exp.not_(self._condition(gate))
            case Surely(gate):
                written = exp.Is(this=exp.paren(self._condition(gate)), expression=exp.true())
        return written


def _read(circuit: Circuit, number: int) -> Sequence[int]:
    """The gates a gate reads."""
    match circuit.gates[number]:
        case Both(gates) | Either(gates):
            return gates
        case Opposite(gate) | Surely(gate):
            return (gate,)
        case _:
            return ()


def _uses(circuit: Circuit, wanted: Iterable[int]) -> Counter[int]:
    """How often each gate that the wanted ones are made from is read, by them or by another."""
    uses = Counter(wanted)
    for number in range(len(circuit.gates) - 1, -1, -1):
        if number in uses:
            uses.update(_read(circuit, number))
    return uses
