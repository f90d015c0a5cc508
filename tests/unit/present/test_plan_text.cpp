#include "catch.hpp"
#include "present/plan_text.hpp"
#include "unit/present/values.hpp"

using namespace values;
using present::to_text;
using Kind = plan::Change::Kind;

namespace {

const appliance::ApplianceId spark("spark-livy");

plan::Plan plan_with(std::vector<plan::Change> changes, int unchanged) {
    plan::Plan plan;
    plan.changes = std::move(changes);
    plan.unchanged = unchanged;
    plan.add(plan::WriteRecord{"pivot.spark-livy.1", "{}"}, {});
    return plan;
}

}  // namespace

TEST_CASE("a plan says what happens to each instance and why") {
    const plan::Plan plan =
        plan_with({{Kind::replace, instance("spark-worker"), "env changed"},
                   {Kind::create, instance("spark-worker", 2), "instances 1 -> 2"},
                   {Kind::start, instance("web"), "was stopped"},
                   {Kind::remove, instance("old"), "no longer in the document"}},
                  2);
    CHECK(to_text({spark, plan, {}}, {}) ==
          "spark-livy: 1 to replace, 1 to create, 1 to start, 1 to remove, 2 unchanged\n"
          "\n"
          "  ~ spark-worker.1  replace  env changed\n"
          "  + spark-worker.2  create   instances 1 -> 2\n"
          "  > web.1           start    was stopped\n"
          "  - old.1           remove   no longer in the document\n");
}

TEST_CASE("a plan names the images that would be pulled") {
    const plan::Plan plan = plan_with({{Kind::create, instance("web"), ""}}, 0);
    CHECK(to_text({spark, plan, {"nginx:1.27", "redis:7"}}, {}) ==
          "spark-livy: 1 to create\n"
          "\n"
          "  + web.1  create\n"
          "\n"
          "images to pull:\n"
          "  nginx:1.27\n"
          "  redis:7\n");
}

TEST_CASE("a plan with nothing to do says so") {
    plan::Plan plan;
    plan.unchanged = 3;
    CHECK(to_text({spark, plan, {}}, {}) == "spark-livy: nothing to do, 3 unchanged\n");
}

TEST_CASE("a plan that touches no instance is not called nothing") {
    CHECK(to_text({spark, plan_with({}, 3), {}}, {}) ==
          "spark-livy: only its record and network to bring up to date, 3 unchanged\n");
}

TEST_CASE("only the marks of a plan have colour") {
    CHECK(to_text({spark, plan_with({{Kind::remove, instance("old"), "gone"}}, 0), {}},
                  {diagnostics::Colour::on}) ==
          "spark-livy: 1 to remove\n"
          "\n"
          "  \x1b[31m-\x1b[0m old.1  remove  gone\n");
}
