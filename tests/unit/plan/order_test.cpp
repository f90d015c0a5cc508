#include "plan/order.hpp"

#include "catch.hpp"

using namespace plan;

namespace {

Needs node(const std::string& id, const std::vector<std::string>& needs) {
    Needs result{ContainerId(id), {}};
    for (const std::string& need : needs) {
        result.needs.emplace_back(need);
    }
    return result;
}

std::string ordered(const std::vector<Needs>& graph) {
    std::string text;
    for (const ContainerId& id : in_order_of_needs(graph)) {
        text += id.str() + " ";
    }
    return text;
}

}  // namespace

TEST_CASE("each comes after what it needs, else in the given order") {
    CHECK(ordered({node("livy", {"master"}), node("master", {}), node("worker", {"master"})}) ==
          "master livy worker ");
}

TEST_CASE("needs that are not there, or on oneself, count for nothing") {
    CHECK(ordered({node("a", {"gone", "a"}), node("b", {})}) == "a b ");
}

TEST_CASE("a circle is cut at the earliest of it") {
    CHECK(ordered({node("a", {"b"}), node("b", {"a"}), node("c", {"b"})}) == "a b c ");
}

TEST_CASE("a chain of a hundred thousand is ordered") {
    std::vector<Needs> chain;
    for (int i = 0; i < 100000; ++i) {
        chain.push_back(node(std::to_string(i), {std::to_string(i + 1)}));
    }
    CHECK(in_order_of_needs(chain).front() == ContainerId("99999"));
}
