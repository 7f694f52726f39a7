/// The conformance script of the design, section 4.
enum Story {
    static let text = """
        rondo 1
        ## # House prices: from a wish to a watched model
        goal "Suggest a listing price an agent can trust" predict price at sold_on unit "$"
          succeed when mape < 10% and within(10%) > 60%
          latency 500 ms
        note "Recent renovations are recorded nowhere" kind limitation

        load demo "house_sales" as sales            # or: load "sales.csv" as sales
        load demo "tax_records" as tax
        load demo "neighborhoods" as areas
        use sales
        join tax by standard(address) expect 95%    # many rows to one; many to many is refused
        join areas by zip
        describe
        check price > 1 and sqft > 0                # reported, kept, checked again on replay and on new rows
        dedupe by standard(address), sold_on
        filter price > 1 and (sqft > 0 or sqft is missing)
        flag needs_visit where sqft is missing
        flag luxury where price > 2M                # a named segment, reused by every judge
        impute sqft median by type, zip             # learned from training rows once there is a split
        impute school_rating with "unknown"
        derive age = year(sold_on) - year_built
        derive price_per_sqft = price / sqft        # answer: contains the target; kept for looking, never a feature
        encode type onehot
        encode school_rating ordinal ["unknown", "F", "D", "C", "B", "A"]
        scale sqft, lot_size minmax
        split 60/20/20 by sold_on                   # oldest rows train, newest test
        ledger                                      # loaded, merged, dropped, split: adds up

        fit linear
        fit tree
        fit forest
        fit boost
        compare
        tune forest trees [50, 100, 200] depth [10, 20, 30] leaf [1, 5, 10] pick smallest within 1% as rf
        choose rf because "meets the goal and explains itself"
        score rf on test                            # breaks the seal, once, on the record
        errors rf by price bands [200k, 500k, 1M]
        errors rf by neighborhood
        explain rf
        explain rf row 17
        fairness rf by neighborhood

        deploy rf as house_price interval 90% scope price between 100k and 800k
          requires sqft, zip
          fallback "No estimate: please ask for comparable sales."
        predict house_price sqft = 1800, type = "condo", zip = "10003"
        predict house_price from "new_listings.csv" to "suggested.csv"
        serve port 8080
        simulate house_price 90 days labels after 30 days shift price by 20% after 60 days
        alert error when mape > 10% over 30 days
        alert quiet when volume drops 50%
        alert slow when latency > 1 s
        monitor house_price
        retrain house_price on last 6 months except last 1 month as challenger
        compare challenger, house_price on last 1 month
        promote challenger as house_price
        rollback house_price
        report "house_prices.html"
        """
}
