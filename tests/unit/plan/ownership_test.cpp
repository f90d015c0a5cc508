#include "plan/ownership.hpp"

#include <vector>

#include "catch.hpp"

using namespace plan;

namespace {

const ApplianceId shop("shop");
const Labels by_label = {{"pivot.appliance", "shop"}};

Labels labels(const std::string& container, const std::string& number) {
    return {
        {"pivot.appliance", "shop"}, {"pivot.container", container}, {"pivot.instance", number}};
}

using Names = std::vector<std::string>;

// Those of `names` that are the appliance's.
Names owned(ObjectKind kind, const Names& names, const Labels& labels = by_label) {
    Names result;
    for (const std::string& name : names) {
        if (owns(shop, kind, name, labels)) {
            result.push_back(name);
        }
    }
    return result;
}

}  // namespace

TEST_CASE("a container is the appliance's by its labels and the name that goes with them") {
    CHECK(owned(ObjectKind::container,
                {"shop.web.1", "shop.web.1.next", "shop.web.2", "shop.web.1.old", "a-copy", ""},
                labels("web", "1")) == Names{"shop.web.1", "shop.web.1.next"});
    CHECK(owned(ObjectKind::container, {"shop.web.1"}, labels("db", "1")).empty());
    CHECK(owned(ObjectKind::container, {"shop.web.1"}) == Names{});
    CHECK(owned(ObjectKind::container, {"shop.web.0", "shop.web.-1", "shop.web.01"},
                labels("web", "01")) == Names{});
    CHECK(owned(ObjectKind::container, {"shop.a.b.1"}, labels("a.b", "1")) == Names{});
    CHECK_FALSE(owns(
        ApplianceId("shop.web"), ObjectKind::container, "shop.web.web.1",
        {{"pivot.appliance", "shop.web"}, {"pivot.container", "web"}, {"pivot.instance", "1"}}));
}

TEST_CASE("a network is the appliance's by its label and its one name") {
    CHECK(owned(ObjectKind::network, {"pivot-shop", "pivot-shop2", "backup", "shop"}) ==
          Names{"pivot-shop"});
    CHECK(owned(ObjectKind::network, {"pivot-shop"}, {}) == Names{});
    CHECK(owned(ObjectKind::network, {"pivot-shop"}, {{"pivot.appliance", "shop2"}}) == Names{});
}

TEST_CASE("a record is the appliance's by its label and a revision in its name") {
    CHECK(owned(ObjectKind::record, {"pivot.shop.1", "pivot.shop.12", "pivot.shop.01",
                                     "pivot.shop.x", "pivot.shop", "pivot.other.1", "shop.data"}) ==
          Names{"pivot.shop.1", "pivot.shop.12"});
    CHECK(owned(ObjectKind::record, {"pivot.shop.1"}, {}) == Names{});
}

TEST_CASE("a volume is the appliance's by its label and a name that pivot gives") {
    const Names good = {"shop.data", "shop.web-data", "shop.web.1.var-lib",
                        "shop.web.12.a.0123abcd"};
    const Names others = {"data",
                          "shop",
                          "shop.",
                          "shop.-data",
                          "shop.data.old",
                          "shop.data_old",
                          "shop2.data",
                          "backup-of-shop",
                          "shop.web.1",
                          "shop.web.0.data",
                          "shop.web.x.data",
                          "shop.web.1.a_b",
                          "shop.web.1.a.0123",
                          "shop.web.1.a.0123ABCD",
                          "shop.web.1.a.b.c",
                          "pivot.shop.1"};
    CHECK(owned(ObjectKind::volume, good) == good);
    CHECK(owned(ObjectKind::volume, others) == Names{});
    CHECK(owned(ObjectKind::volume, good, {}) == Names{});
}

TEST_CASE("each name that pivot gives to a volume is one that it knows again") {
    const Instance db{ContainerId("db"), 1};
    const auto name = [&](const std::string& path) { return volume_name(shop, db, path); };
    CHECK(name("/var/lib/data") == "shop.db.1.var-lib-data");
    CHECK(name("/var/lib_data") == "shop.db.1.var-lib-data.1037de44");
    CHECK(name("/" + std::string(300, 'a')).size() == 255);
    CHECK(name("/" + std::string(300, 'a')) != name("/" + std::string(301, 'a')));
    for (const std::string path : {"/data", "/var/lib/a_b", "data", "/data/", "/a b/ü", "/.x"}) {
        CHECK(owned(ObjectKind::volume, {name(path)}) == Names{name(path)});
    }
    CHECK(owned(ObjectKind::volume, {name("/" + std::string(300, '_'))}).size() == 1);
    appliance::PersistentVolume data;
    data.id = appliance::VolumeId("data");
    CHECK(owned(ObjectKind::volume, {volume_name(shop, data)}) == Names{"shop.data"});
}
