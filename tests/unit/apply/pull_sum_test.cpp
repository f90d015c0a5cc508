#include "apply/pull_sum.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

namespace {

// The sum after each of these.
std::vector<std::string> sums(const std::vector<engine::PullProgress>& all) {
    apply::PullSum sum;
    std::vector<std::string> result;
    for (const engine::PullProgress& one : all) {
        sum.hear(one);
        result.push_back(std::to_string(sum.current()) + "/" + std::to_string(sum.total()));
    }
    sum.end();
    result.push_back(std::to_string(sum.current()) + "/" + std::to_string(sum.total()));
    return result;
}

using Sums = std::vector<std::string>;

}  // namespace

TEST_CASE("a pull is summed over its layers, also those whose size is known late") {
    CHECK(sums({{"", "Pulling from library/nginx"},
                {"a", "Pulling fs layer"},
                {"b", "Waiting"},
                {"c", "Already exists"},
                {"a", "Downloading", 10, 100},
                {"a", "Downloading", 60, 100},
                {"b", "Downloading", 5, 50},
                {"b", "Verifying Checksum"},
                {"a", "Downloading", 100, 100},
                {"a", "Download complete"}}) == Sums{"0/0", "0/0", "0/0", "0/0", "10/100", "60/100",
                                                     "65/150", "110/150", "150/150", "150/150",
                                                     "150/150"});
}

TEST_CASE("the sum of a pull never runs backwards, even when a layer is downloaded once more") {
    CHECK(sums({{"a", "Downloading", 80, 100},
                {"a", "Retrying in 5 seconds"},
                {"a", "Downloading", 3, 100},
                {"a", "Downloading", 90, 100},
                {"a", "Download complete"}}) ==
          Sums{"80/100", "80/100", "80/100", "90/100", "100/100", "100/100"});
}

TEST_CASE("what is done with a layer after its download counts no bytes") {
    CHECK(sums({{"a", "Downloading", 80, 100},
                {"a", "Extracting", 7, 0},
                {"a", "Extracting", 1, 300},
                {"a", "Pull complete"},
                {"b", "Extracting", 1, 300}}) ==
          Sums{"80/100", "100/100", "100/100", "100/100", "100/100", "100/100"});
}

TEST_CASE("a pull ends at its total, whatever the engine left out") {
    CHECK(sums({{"a", "Downloading", 80, 100}}) == Sums{"80/100", "100/100"});
}

TEST_CASE("a layer that turns out to be larger or smaller than it said never counts too much") {
    CHECK(sums({{"a", "Downloading", 80, 100},
                {"a", "Downloading", 120, 110},
                {"a", "Downloading", 10, 50}}) == Sums{"80/100", "110/110", "110/110", "110/110"});
}
