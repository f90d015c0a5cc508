#include "appliance/graph.hpp"

#include "catch.hpp"

using appliance::Links;
using appliance::order_of;

namespace {

using Indexes = std::vector<std::size_t>;
using Needs = std::vector<Indexes>;

Links links(const Indexes& dependencies, const Indexes& references = {}) {
    Links result{{}, references};
    for (const std::size_t on : dependencies) {
        result.dependencies.push_back({on, {100 + on, 101 + on}});
    }
    return result;
}

Needs needs(const std::vector<Links>& containers) {
    const auto order = order_of(containers);
    CHECK(order.cycles.empty());
    return order.needs;
}

std::vector<Indexes> cycles(const std::vector<Links>& containers) {
    std::vector<Indexes> paths;
    for (const auto& cycle : order_of(containers).cycles) {
        paths.push_back(cycle.path);
    }
    return paths;
}

}  // namespace

TEST_CASE("dependencies and references order alike") {
    CHECK(needs({links({1}), links({}), links({}, {1})}) == Needs{{1}, {}, {1}});
}

TEST_CASE("needs are sorted and without repeats") {
    CHECK(needs({links({2, 1}, {1, 3, 3}), links({}), links({}), links({})}) ==
          Needs{{1, 2, 3}, {}, {}, {}});
}

TEST_CASE("a quorum whose members name each other starts together") {
    CHECK(needs({links({}, {1, 2}), links({}, {0, 2}), links({}, {0, 1})}) == Needs{{}, {}, {}});
}

TEST_CASE("who refers to a quorum waits for it") {
    CHECK(needs({links({}, {1, 2}), links({}, {2}), links({}, {1})}) == Needs{{1, 2}, {}, {}});
}

TEST_CASE("a reference against a dependency is dropped") {
    CHECK(needs({links({1}), links({}, {0})}) == Needs{{1}, {}});
}

TEST_CASE("in a mixed cycle the references are dropped and the dependencies stay") {
    CHECK(needs({links({1}), links({2}), links({}, {0})}) == Needs{{1}, {2}, {}});
    CHECK(needs({links({}, {1}), links({2}), links({}, {0, 1})}) == Needs{{}, {2}, {}});
}

TEST_CASE("a reference to oneself orders nothing") {
    CHECK(needs({links({}, {0, 1}), links({})}) == Needs{{1}, {}});
}

TEST_CASE("a cycle of dependencies is told from its first container in the document") {
    const auto order = order_of({links({}), links({2}), links({3}), links({1})});
    REQUIRE(order.cycles.size() == 1);
    CHECK(order.cycles[0].path == Indexes{1, 2, 3, 1});
    CHECK(order.cycles[0].where == diagnostics::Span{102, 103});
}

TEST_CASE("the shortest cycle is told, and one for each group") {
    CHECK(cycles({links({1, 2}), links({2}), links({0}), links({3}), links({0})}) ==
          std::vector<Indexes>{{0, 2, 0}, {3, 3}});
}

TEST_CASE("references close no cycle of dependencies") {
    CHECK(cycles({links({1}), links({}, {0})}).empty());
}

TEST_CASE("a chain of a hundred thousand is no deeper than one of two") {
    constexpr std::size_t length = 100'000;
    std::vector<Links> chain(length);
    for (std::size_t i = 0; i + 1 < length; ++i) {
        chain[i] = links({i + 1});
    }
    const auto order = order_of(chain);
    CHECK(order.cycles.empty());
    CHECK(order.needs[0] == Indexes{1});
    chain.back() = links({0});
    CHECK(cycles(chain).at(0).size() == length + 1);
}
